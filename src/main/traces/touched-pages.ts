import { LOW_BITS, LOW_SPAN, PAGE_BYTES } from '@shared/address/address'
import { FETCH, STORE, type AccessBatch, type AccessKind } from '@shared/model/access'

/** Pages are kept by region, the 512 pages that one leaf table maps. */
const REGION_SHIFT = 9
const REGION_PAGES = 512
const WORDS_PER_MAP = REGION_PAGES / 32
/** Three bitmaps a region: touched at all, written, executed. */
const WRITTEN = STORE * WORDS_PER_MAP
const EXECUTED = FETCH * WORDS_PER_MAP
const WORDS_PER_REGION = 3 * WORDS_PER_MAP
/** Regions looked up last, by the low bits of their number. */
const RECENT = 4096

/**
 * The set of pages a stream touches, and how. Memory is 192 bytes a region of 2 MiB, and the number of regions
 * is limited, since a hostile file can touch a new one with every access.
 */
export class TouchedPages {
  /** Distinct pages. */
  count = 0
  /** Accesses that ran into the next page. */
  crossings = 0
  private bits = new Int32Array(64 * WORDS_PER_REGION)
  private readonly regions = new Map<number, number>()
  /** Halves of the region's number: 32-bit integers compare and index faster than any larger number. */
  private readonly recentHigh = new Int32Array(RECENT).fill(-1)
  private readonly recentLow = new Int32Array(RECENT)
  private readonly recentWord = new Int32Array(RECENT)

  constructor(readonly mostRegions = 2 ** 19) {}

  /** Regions of 2 MiB, aligned, that hold one of them. */
  get regionCount(): number {
    return this.regions.size
  }

  /** True when no page lies beyond what this many levels translate: dropping address bits changes nothing then. */
  areWithin(levels: 4 | 5): boolean {
    const most = 2 ** (REGION_SHIFT * (levels - 1))
    for (const region of this.regions.keys()) if (region >= most) return false
    return true
  }

  /** Adds the page with these halves (address.ts). False when that would take one region too many. */
  touch(high: number, low: number, kind: AccessKind): boolean {
    const regionLow = low >>> REGION_SHIFT
    const recent = regionLow & (RECENT - 1)
    const isRecent = this.recentLow[recent] === regionLow && this.recentHigh[recent] === high
    const word = isRecent ? this.recentWord[recent] : this.wordOf(high, regionLow, recent)
    if (word < 0) return false
    const index = low & (REGION_PAGES - 1)
    const bit = 1 << (index & 31)
    const at = word + (index >>> 5)
    if ((this.bits[at] & bit) === 0) this.count++
    this.bits[at] |= bit
    if (kind === STORE) this.bits[at + WRITTEN] |= bit
    if (kind === FETCH) this.bits[at + EXECUTED] |= bit
    return true
  }

  /**
   * Touches the pages of batch[0..end), both of an access that crosses, until one would take a region too many, and
   * returns the position after the last that was kept. Nearly all accesses touch what is known: for them nothing is
   * written.
   */
  touchAll({ high, low, kind, offset, size }: AccessBatch, end: number): number {
    const { recentHigh, recentLow, recentWord } = this
    for (let i = 0; i < end; i++) {
      const regionLow = low[i] >>> REGION_SHIFT
      const recent = regionLow & (RECENT - 1)
      const isRecent = recentLow[recent] === regionLow && recentHigh[recent] === high[i]
      // The maps lie in the order of the kinds.
      const at = recentWord[recent] + kind[i] * WORDS_PER_MAP + ((low[i] & (REGION_PAGES - 1)) >>> 5)
      const isKnown = isRecent && ((this.bits[at] >>> (low[i] & 31)) & 1) === 1
      if (!isKnown && !this.touch(high[i], low[i], kind[i] as AccessKind)) return i
      if (offset[i] + size[i] > PAGE_BYTES && !this.touchNext(high[i], low[i], kind[i] as AccessKind))
        return i
    }
    return end
  }

  /** The page after this one, which an access runs into. */
  private touchNext(high: number, low: number, kind: AccessKind): boolean {
    this.crossings++
    return low + 1 < LOW_SPAN ? this.touch(high, low + 1, kind) : this.touch(high + 1, 0, kind)
  }

  /** Visits the pages in ascending order. */
  forEach(visit: (page: number, written: boolean, executed: boolean) => void): void {
    for (const region of Float64Array.from(this.regions.keys()).sort()) {
      const word = this.regions.get(region) ?? 0
      for (let index = 0; index < REGION_PAGES; index++) {
        const at = word + (index >>> 5)
        if (this.bits[at] === 0) {
          index |= 31
          continue
        }
        const isIn = (map: number): boolean => ((this.bits[at + map] >>> (index & 31)) & 1) === 1
        if (isIn(0)) visit(region * REGION_PAGES + index, isIn(WRITTEN), isIn(EXECUTED))
      }
    }
  }

  /** First word of the region's bitmaps, made when the region is new; -1 when there is no room for it. */
  private wordOf(high: number, low: number, recent: number): number {
    const region = high * 2 ** (LOW_BITS - REGION_SHIFT) + low
    const word = this.regions.get(region) ?? this.addRegion(region)
    if (word < 0) return word
    this.recentHigh[recent] = high
    this.recentLow[recent] = low
    this.recentWord[recent] = word
    return word
  }

  private addRegion(region: number): number {
    if (this.regions.size === this.mostRegions) return -1
    const word = this.regions.size * WORDS_PER_REGION
    if (word === this.bits.length) this.bits = doubled(this.bits)
    this.regions.set(region, word)
    return word
  }
}

function doubled(bits: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * bits.length)
  larger.set(bits)
  return larger
}
