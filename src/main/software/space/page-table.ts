/** A radix table of 4 or 5 levels, built and edited by system software in emulated frames. */
import {
  ENTRIES_PER_TABLE,
  indexAt,
  pageHigh,
  pageLow,
  pagesPerEntry,
  type Frame,
  type Level
} from '@shared/address/address'
import {
  NO_EXECUTE_HIGH,
  PAGE_SIZE_BIT,
  PRESENT,
  USER,
  WRITABLE,
  entryFlags,
  entryFrame,
  entryHigh,
  entryLow
} from '@shared/arch/entry'
import type { EntryMemory } from './entry-memory'
import type { TableSupport } from './table-support'

/** Hands out frames for table pages; a TEA manager stands behind it for leaf tables. */
export interface TableFrames {
  allocateTable(level: number, page: number): Frame
}

/** Hears of an entry before it is written: its level, a page that it covers, its low word until now and the next. */
export type WriteObserver = (level: number, page: number, old: number, next: number) => void

/** Where an entry lies and what it says. */
export interface FoundEntry {
  readonly level: number
  readonly table: Frame
  readonly index: number
  readonly low: number
  readonly high: number
}

const FLAGS = 0xfff

export class PageTable {
  readonly root: Frame
  /** Table pages, the root included. */
  tablePages = 1
  /** Set by whoever keeps a combination of this table with others; null elsewhere, and then it costs nothing. */
  onWrite: WriteObserver | null = null
  /** Hears of every entry after it is written; null where a design keeps nothing beside the table. */
  support: TableSupport | null = null
  /** The leaf table used last: populating touches it 512 times in a row. */
  private memoRegion = -1
  private memoTable = 0 as Frame

  constructor(
    readonly levels: 4 | 5,
    readonly entries: EntryMemory,
    private readonly frames: TableFrames
  ) {
    this.root = frames.allocateTable(levels, 0)
  }

  /**
   * Maps a page by a leaf at `level`; page and frame are aligned to it. `flags` are those of the low word.
   * @throws when a table stands where the leaf should go, or a leaf where a table should: callers check first
   */
  map(page: number, frame: number, level: number, flags: number, noExecute: boolean): void {
    const high = pageHigh(page)
    const low = pageLow(page)
    const table = level === 1 ? this.leafTable(page, high, low) : this.descend(page, high, low, level)
    const index = indexAt(high, low, level)
    if (level > 1) this.mustHoldNoTable(table, index, page, level)
    const sizeBit = level > 1 ? PAGE_SIZE_BIT : 0
    const word = entryLow(frame, flags | PRESENT | sizeBit)
    this.write(table, index, word, entryHigh(frame, noExecute), level, page)
  }

  /** Writes an entry: `level` is the table page's, and `page` one that the entry covers. */
  write(table: Frame, index: number, low: number, high: number, level: number, page: number): void {
    const { support } = this
    if (this.onWrite === null && support === null) return this.entries.write(table, index, low, high)
    const old = this.entries.low(table, index)
    if (this.onWrite !== null) this.onWrite(level, page, old, low)
    this.entries.write(table, index, low, high)
    support?.entryChanged(level, page - (page % pagesPerEntry(level)), old, low, high)
  }

  /** The table page at `level` that covers the page, made on the way where it is missing. */
  makeTable(page: number, level: number): Frame {
    const high = pageHigh(page)
    const low = pageLow(page)
    return level === 1 ? this.leafTable(page, high, low) : this.descend(page, high, low, level)
  }

  private mustHoldNoTable(table: Frame, index: number, page: number, level: number): void {
    const present = this.entries.low(table, index)
    if ((present & PRESENT) !== 0 && (present & PAGE_SIZE_BIT) === 0)
      throw new Error(`PageTable.map: a table stands at level ${level} of page ${page}`)
  }

  /** The leaf entry of a page, or the first entry on the way that is not present. Looking only. */
  find(page: number): FoundEntry {
    const high = pageHigh(page)
    const low = pageLow(page)
    const known = Math.floor(page / 512) === this.memoRegion
    let table = known ? this.memoTable : this.root
    for (let level = known ? 1 : (this.levels as number); ; level--) {
      const index = indexAt(high, low, level)
      const lowWord = this.entries.low(table, index)
      const highWord = this.entries.high(table, index)
      const isEnd = level === 1 || (lowWord & PRESENT) === 0 || (lowWord & PAGE_SIZE_BIT) !== 0
      if (isEnd) return { level, table, index, low: lowWord, high: highWord }
      table = entryFrame(lowWord, highWord) as Frame
    }
  }

  /** Frame of the 4 KiB page, or -1. Looking only. */
  frameOf(page: number): number {
    const region = Math.floor(page / 512)
    if (region === this.memoRegion) return this.frameInMemo(page - region * 512)
    const found = this.find(page)
    if ((found.low & PRESENT) === 0) return -1
    return entryFrame(found.low, found.high) + (pageLow(page) & ((1 << (9 * (found.level - 1))) - 1))
  }

  /** Level of the leaf that maps the page, or 0. Looking only. */
  leafLevelOf(page: number): number {
    const region = Math.floor(page / 512)
    if (region === this.memoRegion) return this.entries.low(this.memoTable, page - region * 512) & PRESENT
    const found = this.find(page)
    return (found.low & PRESENT) === 0 ? 0 : found.level
  }

  private frameInMemo(index: number): number {
    const low = this.entries.low(this.memoTable, index)
    return (low & PRESENT) === 0 ? -1 : entryFrame(low, this.entries.high(this.memoTable, index))
  }

  /** Frame of the table page at `level` that covers the page, or -1 when there is none. Looking only. */
  tableOf(page: number, level: Level): number {
    const high = pageHigh(page)
    const low = pageLow(page)
    let table: number = this.root
    for (let l = this.levels as number; l > level; l--) {
      const index = indexAt(high, low, l)
      const lowWord = this.entries.low(table as Frame, index)
      if ((lowWord & PRESENT) === 0 || (lowWord & PAGE_SIZE_BIT) !== 0) return -1
      table = entryFrame(lowWord, this.entries.high(table as Frame, index))
    }
    return table
  }

  /** Points the entry above at another frame for the table page at `level`; the contents are the caller's. */
  repoint(page: number, level: Level, frame: Frame): void {
    const parent = this.tableOf(page, (level + 1) as Level) as Frame
    const index = indexAt(pageHigh(page), pageLow(page), level + 1)
    const flags = this.entries.low(parent, index) & 0xfff
    this.write(parent, index, entryLow(frame, flags), entryHigh(frame, false), level + 1, page)
    this.memoRegion = -1
  }

  /** Takes a table page out of the tree; it is the caller's. Its contents stay. */
  detachTable(page: number, level: Level): Frame {
    const table = this.tableOf(page, level) as Frame
    const parent = this.tableOf(page, (level + 1) as Level) as Frame
    this.unlink(parent, indexAt(pageHigh(page), pageLow(page), level + 1), level + 1, page)
    return table
  }

  /** Takes the table page that entry `index` of a table at `level` names out of the tree. */
  unlink(table: Frame, index: number, level: number, page: number): void {
    this.write(table, index, 0, 0, level, page)
    this.tablePages--
    this.memoRegion = -1
  }

  /**
   * A huge leaf becomes a table of 512 leaves, one level below, that map the same frames: the new table is filled
   * first, then the entry names it, so that a fetch never finds both or neither.
   */
  splitLeaf(page: number, table: Frame): void {
    const found = this.find(page)
    const below = found.level - 1
    const pages = pagesPerEntry(below)
    const first = entryFrame(found.low, found.high)
    const start = page - (page % pagesPerEntry(found.level))
    const flags = (found.low & FLAGS & ~PAGE_SIZE_BIT) | (below > 1 ? PAGE_SIZE_BIT : 0)
    const noExecute = (found.high & NO_EXECUTE_HIGH) !== 0
    for (let i = 0; i < ENTRIES_PER_TABLE; i++) {
      const f = first + i * pages
      this.write(table, i, entryLow(f, flags), entryHigh(f, noExecute), below, start + i * pages)
    }
    this.link(found.table, found.index, table, found.level, start)
    this.tablePages++
  }

  /** The table page at level 1 that covers the page gives way to a leaf at level 2; its frame is the caller's. */
  joinLeaves(page: number, frame: number, flags: number, noExecute: boolean): Frame {
    const parent = this.tableOf(page, 2) as Frame
    const index = indexAt(pageHigh(page), pageLow(page), 2)
    const table = this.tableOf(page, 1) as Frame
    this.unlink(parent, index, 2, page)
    this.map(page, frame, 2, flags, noExecute)
    return table
  }

  /** Points the leaf that maps the page at another frame; its flags stay. */
  repointLeaf(page: number, frame: Frame): void {
    const { table, index, low, high, level } = this.find(page)
    this.write(table, index, entryLow(frame, entryFlags(low)), entryHigh(frame, high < 0), level, page)
  }

  /** Clears the entry at `level` and takes the tables below it out of the tree; their frames go to `release`. */
  cut(page: number, level: Level, release: (table: Frame) => void): void {
    const below = level === 1 ? -1 : this.tableOf(page, (level - 1) as Level)
    if (below < 0) return
    if (this.support !== null) this.clearBranch(below as Frame, level - 1, page)
    this.releaseBranch(below as Frame, level - 1, release)
    const parent = this.tableOf(page, level) as Frame
    this.write(parent, indexAt(pageHigh(page), pageLow(page), level), 0, 0, level, page)
    this.memoRegion = -1
  }

  /** Gives back every table, the root too: the table is of no use afterwards. */
  releaseAll(release: (table: Frame) => void): void {
    this.releaseBranch(this.root, this.levels, release)
    this.memoRegion = -1
  }

  private releaseBranch(table: Frame, level: number, release: (table: Frame) => void): void {
    for (let i = 0; level > 1 && i < ENTRIES_PER_TABLE; i++) {
      const low = this.entries.low(table, i)
      if ((low & PRESENT) !== 0 && (low & PAGE_SIZE_BIT) === 0)
        this.releaseBranch(entryFrame(low, this.entries.high(table, i)) as Frame, level - 1, release)
    }
    this.tablePages--
    release(table)
  }

  /** Clears the leaves below a table page, for those who keep something beside them. */
  private clearBranch(table: Frame, level: number, page: number): void {
    const start = page - (page % pagesPerEntry(level + 1))
    for (let i = 0; i < ENTRIES_PER_TABLE; i++) {
      const low = this.entries.low(table, i)
      if ((low & PRESENT) === 0) continue
      const first = start + i * pagesPerEntry(level)
      if (level === 1 || (low & PAGE_SIZE_BIT) !== 0) this.write(table, i, 0, 0, level, first)
      else this.clearBranch(entryFrame(low, this.entries.high(table, i)) as Frame, level - 1, first)
    }
  }

  /** Clears the leaf entry that maps a page; tables stay. */
  unmap(page: number): void {
    const found = this.find(page)
    this.write(found.table, found.index, 0, 0, found.level, page)
  }

  /** Changes flags of the leaf that maps the page. */
  setLeafFlags(page: number, flags: number, noExecute: boolean): void {
    const found = this.find(page)
    const frame = entryFrame(found.low, found.high)
    const sizeBit = found.low & PAGE_SIZE_BIT
    const word = entryLow(frame, flags | PRESENT | sizeBit)
    this.write(found.table, found.index, word, entryHigh(frame, noExecute), found.level, page)
  }

  private leafTable(page: number, high: number, low: number): Frame {
    const region = Math.floor(page / 512)
    if (region !== this.memoRegion) {
      this.memoTable = this.descend(page, high, low, 1)
      this.memoRegion = region
    }
    return this.memoTable
  }

  /** The table at `level`, made on the way where it is missing. */
  private descend(page: number, high: number, low: number, level: number): Frame {
    let table = this.root
    for (let l = this.levels as number; l > level; l--) {
      const index = indexAt(high, low, l)
      const lowWord = this.entries.low(table, index)
      if ((lowWord & PRESENT) === 0) table = this.addTable(table, index, l - 1, page)
      else if ((lowWord & PAGE_SIZE_BIT) !== 0)
        throw new Error(`PageTable: a leaf stands at level ${l} of page ${page}`)
      else table = entryFrame(lowWord, this.entries.high(table, index)) as Frame
    }
    return table
  }

  private addTable(parent: Frame, index: number, level: number, page: number): Frame {
    const table = this.frames.allocateTable(level, page)
    this.link(parent, index, table, level + 1, page)
    this.tablePages++
    return table
  }

  /** Upper entries are fully permissive: all protection is in the leaves, which is all that DMT sees. */
  private link(parent: Frame, index: number, table: Frame, level: number, page: number): void {
    const low = entryLow(table, PRESENT | WRITABLE | USER)
    this.write(parent, index, low, entryHigh(table, false), level, page)
  }
}
