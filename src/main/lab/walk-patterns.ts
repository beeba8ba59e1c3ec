/**
 * How often each kind of walk occurred: the same steps at the same places, answered by the same caches. Looked
 * up by a hash of the steps in an open-addressed table, because a string for every walk would cost more than
 * the walk.
 */
import { PATTERN_STEPS, type PatternStep } from '@shared/model/walk-record'
import type { HistogramRow } from '@shared/model/result'
import type { Walk } from '../hardware/walker/walk'
import { hitOf } from '../hardware/walker/walk'
import { StepCodes } from './step-code'

export interface WalkPattern {
  /** Step codes in the order of the walk. */
  readonly codes: Uint16Array
  readonly count: number
  readonly cycles: number
}

interface Pattern extends WalkPattern {
  readonly hash: number
  count: number
  cycles: number
}

export class WalkPatterns {
  private table: (Pattern | undefined)[] = new Array<Pattern | undefined>(1024)
  private patterns: Pattern[] = []
  /** Of the walk at hand; copied only when it is the first of its kind. */
  private readonly steps = new StepCodes()

  get all(): readonly WalkPattern[] {
    return this.patterns
  }

  /** Counts the walk that has just ended. Whether it is the first of its kind. */
  add(walk: Walk): boolean {
    const { steps, table } = this
    steps.read(walk)
    const { hash } = steps
    const mask = table.length - 1
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const pattern = table[at]
      if (pattern === undefined) {
        this.insert(walk, at)
        return true
      }
      if (pattern.hash === hash && steps.isSame(pattern.codes)) {
        pattern.count++
        pattern.cycles += walk.cycles
        return false
      }
    }
  }

  clear(): void {
    this.table.fill(undefined)
    this.patterns = []
  }

  /**
   * Walks with the same steps together, wherever they stood. Most frequent first; steps of fallen-back attempts
   * are left out. Ties in the order of the steps' names.
   */
  rows(): HistogramRow[] {
    const rows = new Map<string, { steps: PatternStep[]; count: number; cycles: number }>()
    for (const { codes, count, cycles } of this.patterns) {
      const steps = Array.from(codes, (code) => PATTERN_STEPS[hitOf(code)])
      const row = rows.get(steps.join())
      if (row === undefined) rows.set(steps.join(), { steps, count, cycles })
      else {
        row.count += count
        row.cycles += cycles
      }
    }
    return [...rows].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1)).map(([, row]) => row)
  }

  private insert(walk: Walk, at: number): void {
    const pattern = { codes: this.steps.copy(), hash: this.steps.hash, count: 1, cycles: walk.cycles }
    this.table[at] = pattern
    this.patterns.push(pattern)
    if (this.patterns.length * 2 > this.table.length) this.rehash()
  }

  private rehash(): void {
    this.table = new Array<Pattern | undefined>(this.table.length * 4)
    const mask = this.table.length - 1
    for (const pattern of this.patterns) {
      let at = pattern.hash & mask
      while (this.table[at] !== undefined) at = (at + 1) & mask
      this.table[at] = pattern
    }
  }
}
