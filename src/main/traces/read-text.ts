import { sizeText } from '@shared/model/quantity'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'

/** The smaps of a process with as many areas as Linux allows stay below. */
const MOST_BYTES = 64 * 2 ** 20

/** The whole text of a small file. Throws UserError when it is no small file. */
export async function readText(
  stream: FileStream,
  mostBytes = MOST_BYTES,
  todo = 'give a memory map'
): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of stream.chunks()) {
    bytes += chunk.length
    if (bytes > mostBytes) {
      throw new UserError(`the file is larger than ${sizeText(mostBytes)}`, stream.name, todo)
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
