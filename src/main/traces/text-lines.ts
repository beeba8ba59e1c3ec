import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { MAX_LINE_BYTES, WholeLines } from './whole-lines'

/** Calls back with each line of a text, without its newline; never holds more than a chunk and a line. */
export async function eachLine(stream: FileStream, take: (line: string) => void): Promise<void> {
  const lines = new WholeLines(() => {
    throw new UserError(`a line is longer than ${MAX_LINE_BYTES} bytes`, stream.name, 'give a text file')
  })
  const decoder = new TextDecoder()
  const takeAll = (): void => {
    const { bytes, position, end } = lines
    if (end > position)
      decoder
        .decode(bytes.subarray(position, end - 1))
        .split('\n')
        .forEach(take)
  }
  for await (const chunk of stream.chunks()) {
    lines.push(chunk)
    takeAll()
  }
  lines.finish()
  takeAll()
}
