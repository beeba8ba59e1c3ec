/** A folder that appears whole or not at all. */
import { chmod, mkdir, mkdtemp, open, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '@shared/model/user-error'
import { fileProblem } from './file-problem'

export interface FolderFile {
  readonly name: string
  /** What is too large to hold at once comes in parts. */
  readonly text: string | AsyncIterable<string | Uint8Array>
}

const MEND = 'free some space or choose another folder'

/** Names in a folder; undefined when there is none. */
async function namesIn(folder: string): Promise<string[] | undefined> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw fileProblem(error, folder, 'choose another folder')
  }
}

/** Throws UserError unless the folder is absent, empty, or holds nothing but files of these names. */
export async function checkFolder(folder: string, ownNames: readonly string[]): Promise<void> {
  const foreign = (await namesIn(folder))?.find((name) => !ownNames.includes(name))
  if (foreign === undefined) return
  throw new UserError(
    `the folder holds other files, such as ${JSON.stringify(foreign)}`,
    folder,
    'choose an empty or a new folder'
  )
}

async function writeSynced(path: string, text: FolderFile['text']): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await writeFile(file, text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Puts `staged` in the place of `target`; what stood there comes back if that fails. */
async function replaceFolder(staged: string, target: string): Promise<void> {
  if ((await namesIn(target)) === undefined) return rename(staged, target)
  const aside = staged + '-old'
  await rename(target, aside)
  try {
    await rename(staged, target)
  } catch (error) {
    await rename(aside, target)
    throw error
  }
  await rm(aside, { recursive: true })
}

/**
 * Writes all files, in their order, into a folder beside and renames it, so that a full disk or a crash leaves what was there.
 * Replaces a folder that holds nothing but files of these names or of `ownNames`; UserError for any other that is not empty.
 */
export async function writeFolder(
  folder: string,
  files: readonly FolderFile[],
  ownNames: readonly string[] = files.map((file) => file.name)
): Promise<void> {
  const wanted = resolve(folder)
  await checkFolder(wanted, ownNames)
  let staged: string | undefined
  let made: string | undefined
  try {
    made = await mkdir(dirname(wanted), { recursive: true })
    const target = await realpath(wanted).catch(() => wanted)
    staged = await mkdtemp(target + '.part-')
    // A temporary folder is its owner's alone; a report is as open as any other folder a person makes.
    await chmod(staged, 0o777 & ~process.umask())
    for (const { name, text } of files) await writeSynced(join(staged, name), text)
    await replaceFolder(staged, target)
  } catch (error) {
    if (staged) await rm(staged, { recursive: true, force: true })
    if (made) await rm(made, { recursive: true, force: true })
    throw fileProblem(error, folder, MEND)
  }
}
