/**
 * The walker of elastic cuckoo page tables for one layer (ECPT, ASPLOS 2020; nested: ASPLOS 2022).
 *
 * The line that holds a page's entry is in one of the ways of the table of its page size. All places that it may be in
 * are read at once, each after the stage below has translated where it lies; then the leaf's frame is translated. So a
 * walk is one step for each layer and one more for each below: 1, 3, 7. How many places there are is a matter of what
 * is known: nothing (all ways of both sizes), the size (its ways), or the way.
 */
import { ENTRIES_PER_LINE, pageFrom, unitHigh, unitLow } from '@shared/address/address'
import { LINE_SHIFT } from '@shared/arch/cuckoo-line'
import { ANY_WAY, HINT_2M, HINT_4K, hintedWay } from '@shared/arch/cuckoo-hint'
import { COUNTER_INDEX } from '@shared/stats/counters'
import type { CuckooWays } from '../registers/cuckoo-ways'
import { LeafStage, type LeafStageParts } from '../walker/leaf-stage'
import type { Stage } from '../walker/stage'
import type { TranslationState } from '../walker/translation-state'
import { FLAG_SHADOW } from '../walker/walk'
import type { PhysicalMemory } from '../memory/physical-memory'
import type { CuckooTables } from './cuckoo-tables'
import { GIANT_SHIFT, REGION_SHIFT, type CuckooWalkCache } from './cuckoo-walk-cache'
import { LineReader } from './line-reader'
import { SideBySide } from './side-by-side'

export type Knowledge = 'walk-caches' | 'way' | 'size' | 'none'

export interface CuckooStageParts extends LeafStageParts {
  readonly memory: PhysicalMemory
  readonly state: Pick<TranslationState, 'context'>
  /** What is loaded, asked at every walk: a context switch loads another. */
  readonly tables: () => CuckooTables
  readonly knowledge: Knowledge
  /** Null: nothing is cached and nothing is filled. */
  readonly cache: CuckooWalkCache | null
  readonly waitsForTables: boolean
  readonly hashCycles: number
  readonly cacheCycles: number
  /** The same translations by radix, for lines that found no place. */
  readonly fallback: Stage
  /** Where probes are counted. */
  readonly ledger: { readonly counters: Float64Array }
  readonly isShadow: boolean
}

const WAYS = 3
const EVERY_4K = 0b000111
const EVERY_2M = 0b111000
/** Places that a line may be in, a bit for each: the ways for 4 KiB pages, then those for 2 MiB pages. */
const EVERYWHERE = EVERY_4K | EVERY_2M

const PROBES = COUNTER_INDEX.hashProbes
const HITS = COUNTER_INDEX.cuckooCacheHits
const MISSES = COUNTER_INDEX.cuckooCacheMisses
const TABLE_READS = COUNTER_INDEX.cuckooTableReads

export class CuckooStage extends LeafStage {
  protected override readonly isShadow: boolean
  private readonly reader: LineReader
  private readonly probes: SideBySide
  private readonly fills: SideBySide
  private readonly lookUpCycles: number
  /** Of the probe that found the entry. */
  private level = 0
  private machine = 0
  private index = 0
  private entryLow = 0
  private entryHigh = 0
  /** What is known of the page's regions in this walk; 0: nothing. */
  private regionHint = 0
  private giantHint = 0
  /** Low words of the line of a walk table that was read last. */
  private readonly line = new Int32Array(ENTRIES_PER_LINE)

  constructor(private readonly parts: CuckooStageParts) {
    super(parts)
    this.isShadow = parts.isShadow
    this.reader = new LineReader({ ...parts, flags: this.isShadow ? FLAG_SHADOW : 0 })
    this.probes = new SideBySide(parts.walk)
    this.fills = new SideBySide(parts.walk)
    const asks = parts.knowledge === 'walk-caches' ? parts.cacheCycles : 0
    this.lookUpCycles = parts.hashCycles + asks
  }

  translate(high: number, low: number, access: number): number {
    const { walk } = this
    const tables = this.parts.tables()
    const { end, references, criticalReferences } = walk
    walk.cycles += this.lookUpCycles
    const found = this.find(tables, high, low)
    if (found < 0) return found
    if (found > 0)
      return this.leaf(high, low, this.level, this.machine, this.index, this.entryLow, this.entryHigh, access)
    if (tables.isComplete) return this.fault(high, low, false)
    walk.waste(end, references, criticalReferences)
    return this.parts.fallback.translate(high, low, access)
  }

  /** Marks go to the index too: that is where the kernel looks. */
  protected override mark(machine: number, index: number, bits: number, high: number, low: number): void {
    this.port.mark(machine, index, bits)
    if (this.port.mayMark) this.parts.tables().marked(pageFrom(high, low), bits)
  }

  /** 1: the entry is there, 0: it is nowhere; negative: what a stage below answered. */
  private find(tables: CuckooTables, high: number, low: number): number {
    const { knowledge } = this.parts
    if (knowledge === 'walk-caches') return this.findByHints(tables, high, low)
    return this.probe(tables, high, low, placesByDecree(knowledge, tables, pageFrom(high, low)))
  }

  private findByHints(tables: CuckooTables, high: number, low: number): number {
    const { cache, waitsForTables, state } = this.parts
    let places = this.askCache(high, low)
    if (places === 0 && waitsForTables) {
      const answer = this.readTables(tables, high, low, true)
      if (answer < 0) return answer
      places = placesOf(this.regionHint) || placesOf(this.giantHint)
    }
    const found = this.probe(tables, high, low, places || EVERYWHERE)
    if (found === 0 && places !== 0) {
      // Hints may be out of date: the page has another size since, or its line lies in another way.
      cache?.drop(high, low, state.context)
      return this.probe(tables, high, low, EVERYWHERE & ~places)
    }
    if (found <= 0 || cache === null || !this.lacksHints(cache)) return found
    const answer = this.readTables(tables, high, low, false)
    return answer < 0 ? answer : found
  }

  /** Where the caches say that the line may be, by the smaller region where it is known; 0: they say nothing. */
  private askCache(high: number, low: number): number {
    const { cache, state } = this.parts
    this.regionHint = this.giantHint = 0
    if (cache === null || cache.isAbsent) return 0
    this.regionHint = cache.regions.lookup(high, low, state.context)
    this.giantHint = cache.giants.lookup(high, low, state.context)
    const places = placesOf(this.regionHint) || placesOf(this.giantHint)
    this.counters[places === 0 ? MISSES : HITS]++
    return places
  }

  private lacksHints(cache: CuckooWalkCache): boolean {
    return this.wantsRegion(cache) || this.wantsGiant(cache)
  }

  /** Of a GiB without huge pages the smaller region has nothing more to say. */
  private wantsRegion({ regions }: CuckooWalkCache): boolean {
    const { regionHint, giantHint } = this
    return regionHint === 0 && !regions.isAbsent && (giantHint === 0 || (giantHint & HINT_2M) !== 0)
  }

  private wantsGiant({ giants }: CuckooWalkCache): boolean {
    return this.giantHint === 0 && !giants.isAbsent
  }

  /** Reads from the walk tables what the caches did not say, and has them keep it. Negative: what a stage below answered. */
  private readTables(tables: CuckooTables, high: number, low: number, waits: boolean): number {
    const { cache, state } = this.parts
    const { fills } = this
    // A walk that waits knows nothing yet, and asks both.
    const wantsRegion = waits || (cache !== null && this.wantsRegion(cache))
    const wantsGiant = waits || (cache !== null && this.wantsGiant(cache))
    fills.begin()
    if (wantsRegion) {
      const hint = this.readHint(tables.regionWays, high, low, REGION_SHIFT, 2)
      if (hint < 0) return hint
      this.regionHint = hint
      if (hint > 0) cache?.regions.fill(high, low, state.context, this.line)
    }
    if (wantsGiant) {
      const hint = this.readHint(tables.giantWays, high, low, GIANT_SHIFT, 3)
      if (hint < 0) return hint
      this.giantHint = hint
      if (hint > 0) cache?.giants.fill(high, low, state.context, this.line)
    }
    fills.end(waits)
    return 0
  }

  private readHint(ways: CuckooWays, high: number, low: number, shift: number, level: number): number {
    let hint = 0
    for (let way = 0; way < ways.count && !ways.isEmpty; way++) {
      const found = this.read(ways, way, high, low, shift, level)
      if (found < 0) return found
      this.counters[TABLE_READS]++
      if (found > 0) {
        hint = this.reader.low
        this.reader.takeLine(this.line)
      }
      this.fills.next()
    }
    return hint
  }

  /** Reads the line in all of these places side by side, and waits for all of them. */
  private probe(tables: CuckooTables, high: number, low: number, places: number): number {
    const { probes } = this
    let found = 0
    probes.begin()
    for (let place = 0; place < 2 * WAYS; place++) {
      if ((places & (1 << place)) === 0) continue
      const isHuge = place >= WAYS
      const ways = tables.ways[isHuge ? 1 : 0]
      if (ways.isEmpty) continue
      const answer = this.read(ways, place % WAYS, high, low, isHuge ? REGION_SHIFT : 0, isHuge ? 2 : 1)
      if (answer < 0) return answer
      this.counters[PROBES]++
      if (answer > 0) {
        found = answer
        this.keep(isHuge ? 2 : 1)
      }
      probes.next()
    }
    probes.end(true)
    return found
  }

  /** Entry of the unit of 2^shift pages that holds the page. */
  private read(
    ways: CuckooWays,
    way: number,
    high: number,
    low: number,
    shift: number,
    level: number
  ): number {
    const cluster = shift + LINE_SHIFT
    const i = unitLow(high, low, shift) & (ENTRIES_PER_LINE - 1)
    return this.reader.read(ways, way, unitHigh(high, cluster), unitLow(high, low, cluster), i, level)
  }

  private keep(level: number): void {
    const { reader } = this
    this.level = level
    this.machine = reader.machine
    this.index = reader.index
    this.entryLow = reader.low
    this.entryHigh = reader.high
  }

  private get counters(): Float64Array {
    return this.parts.ledger.counters
  }
}

/** What a hint of a walk table leaves possible; 0: everything. */
function placesOf(hint: number): number {
  const way = hintedWay(hint)
  const huge = (hint & HINT_2M) === 0 ? 0 : way === ANY_WAY ? EVERY_2M : 1 << (WAYS + way)
  return huge | ((hint & HINT_4K) === 0 ? 0 : EVERY_4K)
}

/** A walk knows as much as the run says, by no mechanism: for comparison with published counts. */
function placesByDecree(knowledge: Knowledge, tables: CuckooTables, page: number): number {
  if (knowledge === 'none') return EVERYWHERE
  const place = Math.max(0, tables.placeOf(page))
  if (knowledge === 'way') return 1 << place
  return place < WAYS ? EVERY_4K : EVERY_2M
}
