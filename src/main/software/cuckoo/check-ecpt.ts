/** What must hold of elastic cuckoo page tables, by looking alone: they say what the kernel's index says. */
import { ENTRIES_PER_LINE, pageFrom, pagesPerEntry } from '@shared/address/address'
import { ACCESSED, DIRTY, PRESENT } from '@shared/arch/entry'
import type { Violations } from '../invariants/violations'
import type { EntryWords } from '../space/mirrored-table'
import type { PageTable } from '../space/page-table'
import { eachLeaf } from '../space/table-ranges'
import type { EcptTable } from './ecpt-table'
import type { EntryTable } from './entry-table'

const WHERE = 'cuckoo page tables'
/** Where hardware walks the index, it notes these there alone. */
const MARKS = ACCESSED | DIRTY

export function checkEcpt(ecpt: EcptTable, index: PageTable, found: Violations): void {
  const leaves = [0, 0, 0]
  eachLeaf(index, 0, pagesPerEntry(index.levels + 1), (page, level, _table, _at, low, high) => {
    const entries = ecpt.of(level)
    const unit = page / pagesPerEntry(level)
    if (entries.isHomeless(unit)) return
    leaves[level]++
    const own = entries.find(unit)
    found.unless(own !== null && says(own, low, high), WHERE, () => {
      return `page ${page} is ${own === null ? 'lost' : 'another entry'} at level ${level}`
    })
  })
  checkLines(ecpt.small, leaves[1], found)
  checkLines(ecpt.huge, leaves[2], found)
  checkHints(ecpt, found)
}

const says = (own: EntryWords, low: number, high: number): boolean =>
  (own.low | MARKS) === (low | MARKS) && (own.low & ~low) === 0 && own.high === high

/** Each line lies where a look-up finds it, and no entry is there beyond those counted. */
function checkLines(entries: EntryTable, leaves: number, found: Violations): void {
  const { table } = entries
  let present = 0
  let lines = 0
  table.each((line, way) => {
    lines++
    for (const low of line.lows) present += low & PRESENT
    const cluster = pageFrom(line.high, line.low)
    found.unless(entries.wayOf(cluster * ENTRIES_PER_LINE) === way, WHERE, () => {
      return `the line of cluster ${cluster} lies in way ${way}, where no look-up finds it`
    })
    found.unless(!table.homeless.has(cluster), WHERE, () => `cluster ${cluster} has a place and has none`)
  })
  found.unless(present === leaves, WHERE, () => `${present} entries are there, ${leaves} leaves are mapped`)
  found.unless(lines === table.used, WHERE, () => `${lines} lines are there, ${table.used} counted`)
}

/** A hint that is there is right. */
function checkHints(ecpt: EcptTable, found: Violations): void {
  const { hints } = ecpt
  for (const region of hints.known()) {
    const said = hints.regions.find(region)
    found.unless(said === null || said.low === hints.hintAt(region), WHERE, () => {
      return `the walk table says ${said?.low} of region ${region}, not ${hints.hintAt(region)}`
    })
    const giant = Math.floor(region / pagesPerEntry(2))
    const saidOfGiant = hints.giants.find(giant)
    found.unless(saidOfGiant === null || saidOfGiant.low === hints.giantHintAt(giant), WHERE, () => {
      return `the walk table says ${saidOfGiant?.low} of GiB ${giant}, not ${hints.giantHintAt(giant)}`
    })
  }
}
