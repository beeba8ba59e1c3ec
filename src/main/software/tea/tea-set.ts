/**
 * The areas of one address space: by index, as the published kernel's array keeps them, and for each class
 * sorted by address, so that finding one stays fast when there are a thousand.
 */
import { covers, teaEnd, type Tea } from './tea'

/** Most areas of an address space where registers do not limit them. */
export const MOST_TEAS = 1024

const MOST_LEVELS = 5

export class TeaSet {
  private readonly places: (Tea | null)[] = []
  /** By level, also of those that no class has: callers ask of any table page. */
  private readonly byClass: readonly Tea[][] = Array.from({ length: MOST_LEVELS + 1 }, () => [])
  private readonly lastFound: (Tea | null)[] = this.byClass.map(() => null)
  private listed: readonly Tea[] = []

  /** All areas by index. */
  list(): readonly Tea[] {
    return this.listed
  }

  ofClass(level: number): readonly Tea[] {
    return this.byClass[level]
  }

  /** Lowest index that is free. */
  get freeIndex(): number {
    const hole = this.places.indexOf(null)
    return hole >= 0 ? hole : this.places.length
  }

  add(tea: Tea): void {
    this.places[tea.index] = tea
    this.byClass[tea.level].splice(this.firstEndingAfter(tea.level, tea.start), 0, tea)
    this.listed = this.places.filter((t) => t !== null)
  }

  remove(tea: Tea): void {
    const sorted = this.byClass[tea.level]
    this.places[tea.index] = null
    sorted.splice(sorted.indexOf(tea), 1)
    this.lastFound[tea.level] = null
    this.listed = this.places.filter((t) => t !== null)
  }

  /** The area of the class that covers the page. */
  find(level: number, page: number): Tea | null {
    const last = this.lastFound[level]
    if (last !== null && covers(last, page)) return last
    const tea = this.after(level, page)
    if (tea === null || page < tea.start) return null
    this.lastFound[level] = tea
    return tea
  }

  /** Nearest area of the class that ends at or before the page. */
  before(level: number, page: number): Tea | null {
    return this.byClass[level][this.firstEndingAfter(level, page) - 1] ?? null
  }

  /** First area of the class that ends after the page: it covers the page or begins behind it. */
  after(level: number, page: number): Tea | null {
    return this.byClass[level][this.firstEndingAfter(level, page)] ?? null
  }

  /** Areas of the class met in index order before the first free place. */
  untilFirstFree(level: number): Tea[] {
    const hole = this.places.indexOf(null)
    const met = hole >= 0 ? this.places.slice(0, hole) : this.places
    return met.filter((tea): tea is Tea => tea !== null && tea.level === level)
  }

  private firstEndingAfter(level: number, page: number): number {
    const sorted = this.byClass[level]
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (teaEnd(sorted[middle]) > page) high = middle
      else low = middle + 1
    }
    return low
  }
}
