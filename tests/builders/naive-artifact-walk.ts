import { NaiveArtifactCache, type Answer } from './naive-artifact-cache'
import { NaiveArtifactPwc, shiftOf, type Level } from './naive-artifact-pwc'

/** One line of a dump: a page, its table pages from the root on, and where it lies. */
export interface DumpRow {
  readonly page: bigint
  readonly tables: readonly [bigint, bigint, bigint, bigint]
  readonly base: bigint
}
export type Rows = ReadonlyMap<bigint, DumpRow>
export type Step = Answer | 'PWC' | 'ZERO'

const LEVELS: readonly Level[] = [1, 2, 3, 4]
const ZEROS: readonly Step[] = ['ZERO', 'ZERO', 'ZERO', 'ZERO']

export const pageOf = (address: bigint): bigint => address - (address % 4096n)
const entryOffset = (address: bigint, level: Level): bigint => ((address >> shiftOf(level)) % 512n) * 8n

/** Caches, page walk caches and the walks over them. */
export class NaiveArtifactWalker {
  readonly llc = new NaiveArtifactCache({ sets: 32768, ways: 11, line: 64 })
  readonly l2 = new NaiveArtifactCache({ sets: 1024, ways: 16, line: 64, parent: this.llc })
  readonly l1i = new NaiveArtifactCache({ sets: 64, ways: 8, line: 64, parent: this.l2 })
  readonly l1d = new NaiveArtifactCache({
    sets: 64,
    ways: 8,
    line: 64,
    parent: this.l2,
    prefetchesNextLine: true
  })
  readonly guestPwc = new NaiveArtifactPwc()
  readonly hostPwc = new NaiveArtifactPwc()

  /** Those of the caches; the page walk caches count on. */
  clearCounters(): void {
    for (const cache of [this.llc, this.l2, this.l1i, this.l1d]) cache.clearCounters()
  }

  native(address: bigint, row: DumpRow): Step[] {
    return this.levels(this.guestPwc.lookup(pageOf(address)), address, row)
  }

  /** Throws when the host has no row of a guest table page. */
  virtualized(address: bigint, guest: DumpRow, host: DumpRow, hostRows: Rows): Step[] {
    const known = this.guestPwc.lookup(pageOf(address))
    const steps = LEVELS.flatMap((level): readonly Step[] => {
      if (level < known) return [...ZEROS, 'ZERO']
      if (level === known) return [...ZEROS, 'PWC']
      return this.guestLevel(level, address, guest.tables[level - 1], hostRows)
    })
    return [...steps, ...this.levels(0, guest.base + (address % 4096n), host)]
  }

  private guestLevel(level: Level, address: bigint, table: bigint, hostRows: Rows): Step[] {
    const row = hostRows.get(pageOf(table))
    if (!row) throw new Error(`no host row of the guest table page ${pageOf(table).toString(16)}`)
    const hostSteps = this.levels(this.hostPwc.lookup(table), table, row)
    return [...hostSteps, this.read(row.base + entryOffset(address, level))]
  }

  /** The four steps of one dimension, when its page walk caches know so much. */
  private levels(known: number, address: bigint, row: DumpRow): Step[] {
    return LEVELS.map((level) => {
      if (level < known) return 'ZERO'
      if (level === known) return 'PWC'
      return this.read(row.tables[level - 1] + entryOffset(address, level))
    })
  }

  private read(address: bigint): Answer {
    return this.l1d.request(address, 1)
  }
}
