/** Text files from a person: bounded, whole, and text indeed. */
import { open, type FileHandle } from 'node:fs/promises'
import { parseJson } from '@shared/model/json-text'
import { UserError } from '@shared/model/user-error'
import { sizeText } from '@shared/model/quantity'
import { fileProblem } from './file-problem'

const CHUNK = 2 ** 20

/** Reads on until the end rather than trusting the size, which a pipe does not have. */
async function readBounded(file: FileHandle, path: string, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for (let total = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK)
    if (bytesRead === 0) return Buffer.concat(chunks)
    total += bytesRead
    if (total > maxBytes) {
      throw new UserError(`the file is larger than ${sizeText(maxBytes)}`, path, 'give a smaller one')
    }
    chunks.push(buffer.subarray(0, bytesRead))
  }
}

/** The whole text of a file of at most `maxBytes`; UserError when there is no such file, or it is no text. */
export async function readText(path: string, maxBytes: number): Promise<string> {
  try {
    const file = await open(path, 'r')
    try {
      const bytes = await readBounded(file, path, maxBytes)
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof TypeError) throw new UserError('the file is no UTF-8 text', path, 'give a text file')
    throw fileProblem(error, path, 'give the path of a readable file')
  }
}

/** A JSON file; UserError names the file and what the parser found. */
export const readJson = async (path: string, maxBytes: number): Promise<unknown> =>
  parseJson(await readText(path, maxBytes), path)
