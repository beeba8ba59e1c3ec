/** Telling files by what they hold: the JSON object in one that the host has taken in. */
import { UserError } from '@shared/model/user-error'
import { readText } from '../traces/read-text'
import { isObject, type PlainObject } from '@shared/model/plain-object'
import type { FileStream, LabHost } from './ports'

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
}

/**
 * Null when the file holds none, or more than a file of the wanted kind may.
 * @param most bytes
 */
export async function objectIn(token: string, host: LabHost, most: number): Promise<NamedObject | null> {
  if (!(await beginsAsObject(await host.openFile(token)))) return null
  const stream = await host.openFile(token)
  try {
    const value: unknown = JSON.parse(await readText(stream, most))
    return isObject(value) ? { name: stream.name, value } : null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UserError) return null
    throw error
  }
}
