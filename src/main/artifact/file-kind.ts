/** What a file is that may be one of the artifact's: its content says, whatever it is called. */
import { PaperFileReader, type PaperFile } from '@shared/formulas/paper-file'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { hasLabHeader, RECORD_BYTES } from '../traces/access-records'
import { formatOf } from '../traces'
import { beginsAsMemoryMap } from '../traces/memory-map'
import { eachLine } from '../traces/text-lines'
import { firstBytes } from './first-bytes'
import { readPageTableDump, type PageTableDump } from './page-table-dump'
import { wholeRecords } from './record-trace'

const BEGINNING = 64 * 1024
/** A count, and a row of six numbers. */
const DUMP = /^\d+[ \t]*\r?\n[\da-f]+(?:,[\da-f]+){5}[ \t]*(?:\r?\n|$)/i
/** Lines that no trace and no memory map has. */
const PAPER_LINE = /^~{4,}\s*$|,RANGE_(?:HIT|MISS),|\.walk_pending\b/m

export type FoundFile =
  | { readonly kind: 'dump'; readonly dump: PageTableDump }
  | { readonly kind: 'paper'; readonly content: PaperFile }
  /** Anything that is no text may be records. */
  | { readonly kind: 'binary'; readonly hasHeader: boolean }
  | { readonly kind: 'other' }

/** @throws UserError for a file that is one of the artifact's and damaged */
export async function fileKind(stream: FileStream): Promise<FoundFile> {
  const beginning = await firstBytes(stream, BEGINNING)
  if (hasLabHeader(beginning)) return { kind: 'binary', hasHeader: true }
  if (beginning.length > 0 && !isText(beginning)) return { kind: 'binary', hasHeader: false }
  const text = new TextDecoder('latin1').decode(beginning)
  if (DUMP.test(text)) return { kind: 'dump', dump: await readPageTableDump(stream, AS_ADDRESSES) }
  if (!PAPER_LINE.test(text) && (await isOfTrace(beginning, stream))) return { kind: 'other' }
  return paperKind(stream)
}

const AS_ADDRESSES = { frameNumbers: false, isHost: false }

const isText = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d)

const isOfTrace = async (beginning: Uint8Array, stream: FileStream): Promise<boolean> =>
  formatOf(beginning) !== undefined || beginsAsMemoryMap(stream)

async function paperKind(stream: FileStream): Promise<FoundFile> {
  const reader = new PaperFileReader()
  try {
    await eachLine(stream, (line) => reader.take(line))
  } catch (error) {
    if (error instanceof UserError && !reader.isEither) return { kind: 'other' }
    throw error
  }
  return reader.isEither ? { kind: 'paper', content: reader.end(stream.name) } : { kind: 'other' }
}

/** Records of a trace. @throws UserError when it is cut off */
export async function countRecords(stream: FileStream): Promise<number> {
  let bytes = 0
  for await (const view of wholeRecords(stream)) bytes += view.byteLength
  return bytes / RECORD_BYTES
}
