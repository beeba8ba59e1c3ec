/**
 * How often each sequence of hit levels occurred: the walk histogram. Looked up by a hash of the steps in an
 * open-addressed table, because a string for every walk would cost more than the walk.
 */
import { PATTERN_STEPS } from '@shared/model/walk-record'
import type { HistogramRow } from '@shared/model/result'
import type { Walk } from '../hardware/walker/walk'
import { FLAG_WASTED, hitOf } from '../hardware/walker/walk'

interface Pattern {
  readonly steps: Uint8Array
  count: number
  cycles: number
}

export class WalkPatterns {
  private table: (Pattern | undefined)[] = new Array<Pattern | undefined>(1024)
  private patterns: Pattern[] = []

  /** Counts the walk that has just ended. */
  add(walk: Walk): void {
    const mask = this.table.length - 1
    for (let at = hashOf(walk) & mask; ; at = (at + 1) & mask) {
      const pattern = this.table[at]
      if (pattern === undefined) return this.insert(walk, at)
      if (isSame(pattern.steps, walk)) {
        pattern.count++
        pattern.cycles += walk.cycles
        return
      }
    }
  }

  clear(): void {
    this.table.fill(undefined)
    this.patterns = []
  }

  /** Most frequent first; steps of fallen-back attempts are left out. Ties in the order of PATTERN_STEPS. */
  rows(): HistogramRow[] {
    const rows = this.patterns.map((p) => ({
      steps: Array.from(p.steps, (code) => PATTERN_STEPS[code]),
      count: p.count,
      cycles: p.cycles
    }))
    return rows.sort((a, b) => b.count - a.count || (a.steps.join() < b.steps.join() ? -1 : 1))
  }

  private insert(walk: Walk, at: number): void {
    const pattern = { steps: keptSteps(walk), count: 1, cycles: walk.cycles }
    this.table[at] = pattern
    this.patterns.push(pattern)
    if (this.patterns.length * 2 > this.table.length) this.rehash()
  }

  private rehash(): void {
    this.table = new Array<Pattern | undefined>(this.table.length * 4)
    const mask = this.table.length - 1
    for (const pattern of this.patterns) {
      let at = hashOfSteps(pattern.steps) & mask
      while (this.table[at] !== undefined) at = (at + 1) & mask
      this.table[at] = pattern
    }
  }
}

const SEED = 0x811c9dc5 | 0
const PRIME = 0x01000193

function hashOf(walk: Walk): number {
  let hash = SEED
  for (let n = walk.start; n < walk.end; n++) {
    if ((walk.steps[n] & FLAG_WASTED) === 0) hash = Math.imul(hash ^ hitOf(walk.steps[n]), PRIME)
  }
  return hash ^ (hash >>> 15)
}

function hashOfSteps(steps: Uint8Array): number {
  let hash = SEED
  for (let i = 0; i < steps.length; i++) hash = Math.imul(hash ^ steps[i], PRIME)
  return hash ^ (hash >>> 15)
}

function isSame(steps: Uint8Array, walk: Walk): boolean {
  let i = 0
  for (let n = walk.start; n < walk.end; n++) {
    if ((walk.steps[n] & FLAG_WASTED) !== 0) continue
    if (i >= steps.length || steps[i] !== hitOf(walk.steps[n])) return false
    i++
  }
  return i === steps.length
}

function keptSteps(walk: Walk): Uint8Array {
  const kept: number[] = []
  for (let n = walk.start; n < walk.end; n++)
    if ((walk.steps[n] & FLAG_WASTED) === 0) kept.push(hitOf(walk.steps[n]))
  return Uint8Array.from(kept)
}
