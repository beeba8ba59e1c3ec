import { UserError } from '@shared/model/user-error'

interface Advice {
  readonly what: string
  readonly todo: string
}

/** What the codes of the system and of zlib mean to a person who gave a file. */
const ADVICE: Readonly<Record<string, Advice>> = {
  ENOENT: { what: 'there is no such file', todo: 'check its name' },
  ENOTDIR: { what: 'there is no such file', todo: 'check its name' },
  EISDIR: { what: 'this is a directory', todo: 'give a file' },
  EACCES: { what: 'the file may not be read', todo: 'check its permissions' },
  EPERM: { what: 'the file may not be read', todo: 'check its permissions' },
  ENAMETOOLONG: { what: 'the name of the file is too long', todo: 'check it' },
  Z_BUF_ERROR: { what: 'the gzip archive is cut short', todo: 'copy it again' },
  Z_DATA_ERROR: { what: 'the gzip archive is damaged', todo: 'copy it again' }
}

/** A UserError for a failure to read the file so named; anything else that was thrown comes back as it is. */
export function fileError(error: unknown, name: string): unknown {
  const code = codeOf(error)
  if (code === undefined || error instanceof UserError) return error
  const { what, todo } = ADVICE[code] ?? {
    what: `the file cannot be read: ${code}`,
    todo: 'copy it elsewhere'
  }
  return new UserError(what, name, todo)
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
