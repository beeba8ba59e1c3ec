/** Files that a person has chosen: the page knows them by tokens, their paths stay here. */
import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, isAbsolute } from 'node:path'
import type { FileStream } from '@main/lab/ports'
import { openStream } from '@main/store/open-stream'
import type { RememberedFile } from '@main/store/settings-file'
import { UserError } from '@shared/model/user-error'
import type { HostFiles } from '../desk'
import { displayName } from '../display-name'

export class KnownFiles implements HostFiles {
  private readonly paths = new Map<string, string>()

  /** @throws UserError for what is no path, such as that of a file which a script made up */
  add(path: unknown): string {
    if (typeof path !== 'string' || !isAbsolute(path)) {
      throw new UserError('this is no file on a disk', '', 'drop or choose one that is')
    }
    const token = randomBytes(16).toString('hex')
    this.paths.set(token, path)
    return token
  }

  remembered(token: string): RememberedFile | undefined {
    const path = this.paths.get(token)
    return path === undefined ? undefined : { name: displayName(basename(path)), path }
  }

  /** Null for a file that is not there any more. */
  async tokenOf({ path }: RememberedFile): Promise<string | null> {
    const found = path === null ? null : await stat(path).catch(() => null)
    if (path === null || !found?.isFile()) return null
    const known = [...this.paths].find(([, one]) => one === path)
    return known?.[0] ?? this.add(path)
  }

  async open(token: string): Promise<FileStream> {
    const path = this.paths.get(token)
    if (path === undefined) throw new UserError('this file is not known any more', '', 'import it again')
    return openStream(path, { name: displayName(basename(path)) })
  }
}
