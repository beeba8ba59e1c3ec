/**
 * Entries by number in a cuckoo table: 8 consecutive ones are a cluster and share a line, which is there as long as
 * one of them is present. What belongs there is known to the owner too, so that a line without a place can be put in
 * as soon as there is one.
 */
import { ENTRIES_PER_LINE, pageHigh, pageLow } from '@shared/address/address'
import { PRESENT } from '@shared/arch/entry'
import type { EntryWords } from '../space/mirrored-table'
import type { CuckooTable } from './cuckoo-table'
import { Line } from './line'

export class EntryTable {
  private readonly line = new Line()

  constructor(
    readonly table: CuckooTable,
    /** What the entry should say; null where it is not present. */
    private readonly truth: (unit: number) => EntryWords | null
  ) {}

  /** Whether the cluster had no line before. */
  set(unit: number, low: number, high: number): boolean {
    const { table, line } = this
    const cluster = clusterOf(unit)
    if (table.homeless.has(cluster)) return false
    const [clusterHigh, clusterLow] = [pageHigh(cluster), pageLow(cluster)]
    const i = unit % ENTRIES_PER_LINE
    if (table.find(clusterHigh, clusterLow) >= 0) {
      table.lines.write(table.ways, i, low, high, { high: clusterHigh, low: clusterLow })
      return false
    }
    line.begin(clusterHigh, clusterLow)
    line.lows[i] = low
    line.highs[i] = high
    table.insert(line)
    return true
  }

  /** Whether that was the last entry of its cluster. */
  clear(unit: number): boolean {
    const { table } = this
    const cluster = clusterOf(unit)
    if (table.homeless.has(cluster)) return this.fill(cluster).isEmpty && table.homeless.delete(cluster)
    const [high, low] = [pageHigh(cluster), pageLow(cluster)]
    if (table.find(high, low) < 0) return false
    table.lines.write(table.ways, unit % ENTRIES_PER_LINE, 0, 0, { high, low })
    if (!table.lines.isEmpty(table.ways)) return false
    table.remove(table.ways)
    return true
  }

  /** What the table says; null where it says nothing. Looking only. */
  find(unit: number): EntryWords | null {
    const { table } = this
    if (this.wayOf(unit) < 0) return null
    const i = unit % ENTRIES_PER_LINE
    const low = table.lines.low(table.ways, i)
    return (low & PRESENT) === 0 ? null : { low, high: table.lines.high(table.ways, i) }
  }

  /** The way that holds its line, or -1. */
  wayOf(unit: number): number {
    const cluster = clusterOf(unit)
    return this.table.find(pageHigh(cluster), pageLow(cluster))
  }

  isHomeless(unit: number): boolean {
    return this.table.homeless.has(clusterOf(unit))
  }

  /** Lines without a place try again. One that the owner does not know yet waits. */
  readmit(): void {
    const { homeless } = this.table
    for (const cluster of [...homeless]) this.admit(cluster)
  }

  /** The same for the one that waits longest. */
  readmitOne(): void {
    for (const cluster of this.table.homeless) return this.admit(cluster)
  }

  private admit(cluster: number): void {
    const line = this.fill(cluster)
    if (line.isEmpty) return
    this.table.homeless.delete(cluster)
    this.table.insert(line)
  }

  private fill(cluster: number): Line {
    const line = this.line.begin(pageHigh(cluster), pageLow(cluster))
    for (let i = 0; i < ENTRIES_PER_LINE; i++) {
      const words = this.truth(cluster * ENTRIES_PER_LINE + i)
      if (words === null) continue
      line.lows[i] = words.low
      line.highs[i] = words.high
    }
    return line
  }
}

const clusterOf = (unit: number): number => Math.floor(unit / ENTRIES_PER_LINE)
