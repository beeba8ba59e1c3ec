/** Replays a trace over page-table dumps on the machine of the profile `artifact`, as `lab conformance` does. */
import { formatAddress } from '@shared/address/address'
import { lowOfWords, offsetOfWord, wholeHighOfWord } from '@shared/address/address-words'
import { batchBuffer, batchOver, type AccessBatch } from '@shared/model/access'
import type { HistogramRow } from '@shared/model/result'
import { UserError } from '@shared/model/user-error'
import { artifact } from '@shared/profiles/artifact'
import type { FileStream } from '../lab/ports'
import type { ProgressReport } from '../lab/progress'
import { RECORD_BYTES, recordAddress, recordKind, recordSize } from '../traces/access-records'
import { readPageTableDump, type PageTableDump } from './page-table-dump'
import { Replayer, UnmappedTable } from './replayer'
import type { TlbLine } from './tlb-counts'

const BATCH_RECORDS = 4096

export interface ReplayInput {
  readonly trace: FileStream
  readonly tables: FileStream
  /** Null for native. */
  readonly hostTables: FileStream | null
  /** Ticks of the warm-up: it lasts about half as many records. */
  readonly warmup: number
  /** The dumps hold frame numbers instead of byte addresses. */
  readonly frameNumbers: boolean
  readonly onProgress?: ProgressReport
}

export interface Replay {
  readonly records: number
  /** Records of pages that a dump does not map. */
  readonly dropped: number
  readonly tlbs: readonly TlbLine[]
  readonly histogram: readonly HistogramRow[]
  /** Names of the dumps that look as if they held frame numbers. */
  readonly seemFrameNumbers: readonly string[]
}

/** @throws UserError for files that are none of these, and for a guest table page that the host does not map */
export async function replay(input: ReplayInput): Promise<Replay> {
  const { frameNumbers, hostTables } = input
  const guest = await readPageTableDump(input.tables, { frameNumbers, isHost: false })
  const host = hostTables && (await readPageTableDump(hostTables, { frameNumbers, isHost: true }))
  const replayer = new Replayer(artifact.hardware, guest.table, host && host.table, input.warmup)
  try {
    const records = await feed(input.trace, replayer, input.onProgress)
    return resultOf(records, replayer, [guest, ...(host ? [host] : [])])
  } catch (error) {
    if (!(error instanceof UnmappedTable)) throw error
    throw new UserError(
      `the guest table page ${formatAddress(error.frame)} has no row`,
      host ? host.name : guest.name,
      'give the dump of the host that ran this guest'
    )
  }
}

const resultOf = (records: number, replayer: Replayer, dumps: readonly PageTableDump[]): Replay => ({
  records,
  dropped: replayer.dropped,
  tlbs: replayer.tlbCounts.lines(),
  histogram: replayer.patterns.rows(),
  seemFrameNumbers: dumps.filter((dump) => dump.seemsFrameNumbers).map((dump) => dump.name)
})

/** Plays every record; how many there were. @throws UserError when half a record is left at the end */
async function feed(trace: FileStream, replayer: Replayer, onProgress?: ProgressReport): Promise<number> {
  const batch = batchOver(batchBuffer(BATCH_RECORDS), BATCH_RECORDS)
  let records = 0
  let left = new Uint8Array(0)
  for await (const chunk of trace.chunks()) {
    const bytes = left.length === 0 ? chunk : joined(left, chunk)
    const whole = bytes.length - (bytes.length % RECORD_BYTES)
    play(new DataView(bytes.buffer, bytes.byteOffset, whole), batch, replayer)
    records += whole / RECORD_BYTES
    left = bytes.slice(whole)
    onProgress?.('Replaying', trace.bytesRead(), trace.bytes, 'bytes')
  }
  if (left.length === 0) return records
  throw new UserError(
    `the last record has ${left.length} of ${RECORD_BYTES} bytes`,
    trace.name,
    'give a whole trace of 8-byte records'
  )
}

/** Decodes the records into the batch, a batchful at a time, and plays them. */
function play(view: DataView, batch: AccessBatch, replayer: Replayer): void {
  for (let at = 0; at < view.byteLength;) {
    const records = Math.min(batch.capacity, (view.byteLength - at) / RECORD_BYTES)
    for (let i = 0; i < records; i++, at += RECORD_BYTES) {
      decode(view.getUint32(at, true), view.getUint32(at + 4, true), batch, i)
    }
    replayer.run(batch, 0, records)
  }
}

function decode(lower: number, upper: number, batch: AccessBatch, i: number): void {
  const address = recordAddress(upper)
  batch.kind[i] = recordKind(upper)
  batch.size[i] = recordSize(upper)
  batch.high[i] = wholeHighOfWord(address)
  batch.low[i] = lowOfWords(address, lower)
  batch.offset[i] = offsetOfWord(lower)
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
