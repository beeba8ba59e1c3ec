import { lstat, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { UserError } from '@shared/model/user-error'
import { fileError } from './file-error'

/** More files than one machine has processes. */
const MOST_FILES = 20_000

export interface FolderFile {
  readonly path: string
  readonly name: string
}

/** True for a directory; false for anything else. Throws UserError when there is nothing of that name. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch (error) {
    throw fileError(error, path)
  }
}

/**
 * The ordinary files that lie in a folder itself, by name. Links are left out, since they may lead out of it. Throws
 * UserError for a folder that may not be read, or that holds too many files.
 */
export async function listFolder(path: string): Promise<FolderFile[]> {
  const files: FolderFile[] = []
  try {
    for (const name of (await readdir(path)).sort()) {
      const file = join(path, name)
      if ((await lstat(file)).isFile()) files.push({ path: file, name: basename(file) })
    }
  } catch (error) {
    throw fileError(error, path)
  }
  if (files.length > MOST_FILES)
    throw new UserError(`the folder holds more than ${MOST_FILES} files`, path, 'give a smaller one')
  return files
}
