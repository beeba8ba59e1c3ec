/** What the operating system says about a file, as a line for a person. */
import { UserError } from '@shared/model/user-error'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'this is a folder, not a file',
  ENOTDIR: 'a part of this path is no folder',
  EACCES: 'access to this is not permitted',
  EPERM: 'access to this is not permitted',
  EROFS: 'this place cannot be written to',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'this name is too long'
}

/** The error itself when it is a defect or a problem already told. */
export function fileProblem(error: unknown, path: string, todo: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error
  return new UserError(REASONS[error.code] ?? `the system refuses this with ${error.code}`, path, todo)
}
