/** Files that a person has chosen: the page knows them by tokens, their paths stay here. */
import { randomBytes } from 'node:crypto'
import { basename, isAbsolute } from 'node:path'
import type { FileStream } from '@main/lab/ports'
import { openStream } from '@main/store/open-stream'
import { UserError } from '@shared/model/user-error'
import { displayName } from '../display-name'

export class KnownFiles {
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

  async open(token: string): Promise<FileStream> {
    const path = this.paths.get(token)
    if (path === undefined) throw new UserError('this file is not known any more', '', 'import it again')
    return openStream(path, { name: displayName(basename(path)) })
  }
}
