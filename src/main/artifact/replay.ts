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
import { wholeRecords } from './record-trace'
import { Replayer, UnmappedTable } from './replayer'
import type { TlbLine } from './tlb-counts'

/** A few milliseconds of walks. */
const BATCH_RECORDS = 1024

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
  /** Awaited after each batch, so that others have their turn; ends the replay by throwing. */
  readonly pause?: () => Promise<void>
}
export interface Replay {
  /** Over no host's dump. */
  readonly isNative: boolean
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
    const records = await feed(replayer, input)
    return resultOf(records, replayer, host ? [guest, host] : [guest])
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
  isNative: dumps.length === 1,
  records,
  dropped: replayer.dropped,
  tlbs: replayer.tlbCounts.lines(),
  histogram: replayer.patterns.rows(),
  seemFrameNumbers: dumps.filter((dump) => dump.seemsFrameNumbers).map((dump) => dump.name)
})

/** Plays every record; how many there were. @throws UserError for a trace that is cut off */
async function feed(replayer: Replayer, { trace, onProgress, pause }: ReplayInput): Promise<number> {
  const batch = batchOver(batchBuffer(BATCH_RECORDS), BATCH_RECORDS)
  let records = 0
  for await (const view of wholeRecords(trace)) {
    for (let at = 0; at < view.byteLength; at += BATCH_RECORDS * RECORD_BYTES) {
      replayer.run(batch, 0, decode(view, at, batch))
      await pause?.()
    }
    records += view.byteLength / RECORD_BYTES
    onProgress?.('Replaying', trace.bytesRead(), trace.bytes, 'bytes')
  }
  return records
}

/** Fills the batch with the records from `at` on, as far as there are any; how many that is. */
function decode(view: DataView, at: number, batch: AccessBatch): number {
  const records = Math.min(batch.capacity, (view.byteLength - at) / RECORD_BYTES)
  for (let i = 0; i < records; i++, at += RECORD_BYTES) {
    const lower = view.getUint32(at, true)
    const upper = view.getUint32(at + 4, true)
    const address = recordAddress(upper)
    batch.kind[i] = recordKind(upper)
    batch.size[i] = recordSize(upper)
    batch.high[i] = wholeHighOfWord(address)
    batch.low[i] = lowOfWords(address, lower)
    batch.offset[i] = offsetOfWord(lower)
  }
  return records
}
