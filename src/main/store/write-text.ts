/** A file that appears whole or not at all. */
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { randomUUID } from 'node:crypto'
import { UserError } from '@shared/model/user-error'
import { fileProblem } from './file-problem'

type Kind = 'file' | 'folder' | 'device' | 'absent'

async function kindOf(path: string): Promise<Kind> {
  try {
    const found = await stat(path)
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'device'
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'absent'
    throw fileProblem(error, path, 'give the path of a file')
  }
}

/** True when both paths lead to one file that exists. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => stat(path).catch(() => undefined)))
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev
}

/** Throws UserError when no file can stand at the path, so that a long run does not end with that news. */
export async function checkFilePath(path: string): Promise<void> {
  if ((await kindOf(path)) === 'folder')
    throw new UserError('this is a folder, not a file', path, 'give the path of a file')
  const folder = dirname(resolve(path))
  if ((await kindOf(folder)) !== 'folder')
    throw new UserError('there is no such folder', folder, 'make it or choose another')
}

/** What is too large to hold at once comes in parts. */
type Content = string | AsyncIterable<Uint8Array>

async function replaceFile(path: string, text: Content): Promise<void> {
  const target = await realpath(path).catch(() => resolve(path))
  const staged = `${target}.part-${randomUUID().slice(0, 8)}`
  try {
    const file = await open(staged, 'wx')
    try {
      await writeFile(file, text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(staged, target)
  } catch (error) {
    await rm(staged, { force: true })
    throw error
  }
}

/** Writes beside and renames; what stood there stays when that fails. A device or pipe is written to directly. */
export async function writeText(path: string, text: Content): Promise<void> {
  await checkFilePath(path)
  try {
    if ((await kindOf(path)) === 'device') await writeFile(path, text)
    else await replaceFile(path, text)
  } catch (error) {
    throw fileProblem(error, path, 'free some space or choose another path')
  }
}
