/**
 * What a processor measured: the artifact's `*.short` files, `name<TAB>value` a line, sums of perf events over
 * the measured part of a program (artifact, eval/page_walk_counter.py).
 */
import { UserError } from '../model/user-error'

export interface PerfCounts {
  readonly kind: 'perf'
  /** Cycles with a walk under way / cycles of both walkers of a core: the share of time walks can take. */
  readonly walkOverhead: number
  /** Measured cycles of a walk. */
  readonly cyclesPerWalk: number
}

/** Walkers that may be busy in the same cycle. */
const WALKERS = 2
const MOST_LINES = 1000
const LINE = /^([\w.:-]{1,80})\t\s*(\d{1,18}(?:\.\d{1,30})?(?:e[+-]?\d{1,2})?)\s*$/
const PENDING = /\.walk_pending(:|$)/
const COMPLETED = /\.walk_completed(:|$)/
const CYCLES = /^cycles(:|$)/

export class PerfReader {
  private readonly values = new Map<string, number>()
  private badLine = 0

  take(text: string, line: number): void {
    if (text.trim() === '' || this.badLine > 0) return
    const [, name, value] = LINE.exec(text) ?? []
    if (name === undefined || this.values.size === MOST_LINES) this.badLine = line
    else this.values.set(name, Number(value))
  }

  get isPerf(): boolean {
    return this.sum(PENDING) !== undefined
  }

  /** @throws UserError for a line that is none, a missing event, or an overhead beyond the whole */
  end(name: string): PerfCounts {
    if (this.badLine > 0) {
      const where = `${name}, line ${this.badLine}`
      throw new UserError('a line is not a name, a tab and a number', where, 'give the .short file as it is')
    }
    const pending = this.needed(PENDING, 'walk_pending', name)
    const walkOverhead = pending / (WALKERS * this.needed(CYCLES, 'cycles', name))
    if (walkOverhead > 1)
      throw new UserError('walks take more than all cycles', name, 'give counts of one measurement')
    return {
      kind: 'perf',
      walkOverhead,
      cyclesPerWalk: pending / this.needed(COMPLETED, 'walk_completed', name)
    }
  }

  private sum(events: RegExp): number | undefined {
    const matching = [...this.values].filter(([name]) => events.test(name))
    return matching.length === 0 ? undefined : matching.reduce((total, [, value]) => total + value, 0)
  }

  /** What stands below a fraction must be there and not be zero; so must walks. */
  private needed(events: RegExp, what: string, name: string): number {
    const value = this.sum(events)
    if (value) return value
    const why = value === 0 ? `${what} is zero` : `there is no event ${what}`
    throw new UserError(why, name, 'give a .short file of a program that walks')
  }
}
