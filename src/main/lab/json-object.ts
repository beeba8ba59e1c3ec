/** The JSON object in a file that the host has taken in. */
import { parseJson } from '@shared/model/json-text'
import { isObject, type PlainObject } from '@shared/model/plain-object'
import { readText } from '../traces/read-text'
import type { FileStream, LabHost } from './ports'

/** Bytes of a result, the largest there is: it keeps its series and histograms beside the spec. */
const MOST_BYTES = 2 ** 26

/** Traces may be huge: one look at the beginning tells them from JSON. */
async function beginsAsObject(stream: FileStream): Promise<boolean> {
  for await (const chunk of stream.chunks()) {
    const text = new TextDecoder().decode(chunk.subarray(0, 1024)).trimStart()
    if (text !== '') return text.startsWith('{')
  }
  return false
}

export interface NamedObject {
  /** Of the file, without a folder. */
  readonly name: string
  readonly value: PlainObject
  /** Characters of its text. */
  readonly length: number
}

/**
 * Null for a file that does not begin as one.
 * @throws UserError for one that begins so and is none, or is too large
 */
export async function objectIn(token: string, host: LabHost): Promise<NamedObject | null> {
  if (!(await beginsAsObject(await host.openFile(token)))) return null
  const stream = await host.openFile(token)
  const text = await readText(stream, MOST_BYTES, 'give a smaller one')
  const value = parseJson(text, stream.name)
  return isObject(value) ? { name: stream.name, value, length: text.length } : null
}
