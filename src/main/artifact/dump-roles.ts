/**
 * Which of two dumps is the guest's: the trace touches the pages of its rows, and the other has rows for the
 * guest-physical pages that they lie at. Names decide only between dumps of which content says the same.
 */
import type { DumpRole } from '@shared/model/paper-tools'
import { lowOfWords, wholeHighOfWord } from '@shared/address/address-words'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import { RECORD_BYTES, recordAddress } from '../traces/access-records'
import { NO_ROW, type DumpTable } from './dump-table'
import { readPageTableDump } from './page-table-dump'
import { wholeRecords } from './record-trace'

/** Rows and records that are looked at. */
const SAMPLE = 4096

/** A page in halves, as dump tables ask for it. */
export type TouchedPage = readonly [high: number, low: number]

export interface NamedDump {
  readonly stream: FileStream
  /** With its columns taken as byte addresses. */
  readonly table: DumpTable
}

/** Pages that the trace touches first. */
export async function firstPages(trace: FileStream): Promise<TouchedPage[]> {
  const pages: TouchedPage[] = []
  for await (const view of wholeRecords(trace)) {
    for (let at = 0; at < view.byteLength && pages.length < SAMPLE; at += RECORD_BYTES) {
      const address = recordAddress(view.getUint32(at + 4, true))
      pages.push([wholeHighOfWord(address), lowOfWords(address, view.getUint32(at, true))])
    }
    if (pages.length === SAMPLE) break
  }
  return pages
}

/** Share of the pages that have a row. */
const touched = ({ table }: NamedDump, pages: readonly TouchedPage[]): number =>
  share(pages.length, (i) => table.find(...pages[i]) !== NO_ROW)

/** Share of the guest's pages that lie where the host has a row. */
function covered(guest: DumpTable, host: DumpTable): number {
  const rows = Math.min(guest.rows, SAMPLE)
  const step = guest.rows / Math.max(rows, 1)
  return share(rows, (i) => {
    const frame = guest.frame(Math.floor(i * step))
    return host.find(frame >>> 27, frame & (2 ** 27 - 1)) !== NO_ROW
  })
}

function share(count: number, has: (i: number) => boolean): number {
  let found = 0
  for (let i = 0; i < count; i++) if (has(i)) found++
  return count === 0 ? 0 : found / count
}

/** A dump alone is a guest's when the trace touches its pages; else nothing tells. */
export const roleAlone = (dump: NamedDump, pages: readonly TouchedPage[]): DumpRole =>
  touched(dump, pages) > 0 ? 'guest' : null

/** True when the first of the two is the guest's. */
export async function isFirstGuest(
  first: NamedDump,
  second: NamedDump,
  pages: readonly TouchedPage[],
  frameNumbers: boolean
): Promise<boolean> {
  const asGuest = async (guest: NamedDump, host: NamedDump): Promise<number> =>
    touched(guest, pages) + (await coveredIn(guest, host, frameNumbers))
  const difference = (await asGuest(first, second)) - (await asGuest(second, first))
  if (difference !== 0) return difference > 0
  return !/host/i.test(first.stream.name) || /host/i.test(second.stream.name)
}

/** Frame numbers are shifted in both, and in a host's first column. */
async function coveredIn(guest: NamedDump, host: NamedDump, frameNumbers: boolean): Promise<number> {
  if (!frameNumbers) return covered(guest.table, host.table)
  try {
    const shifted = await readPageTableDump(guest.stream, { frameNumbers, isHost: false })
    const below = await readPageTableDump(host.stream, { frameNumbers, isHost: true })
    return covered(shifted.table, below.table)
  } catch (error) {
    // Values that are too large for frame numbers: nothing is covered.
    if (error instanceof UserError) return 0
    throw error
  }
}
