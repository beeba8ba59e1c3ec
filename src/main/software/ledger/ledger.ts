/** The books of one lane: its counters, and the log of what system software did. */
import { CallLog } from '../calls/call-log'
import { COUNTER_INDEX, newCounters, type CounterId } from '@shared/stats/counters'
import { LAYER_NAMES } from '@shared/model/environment'
import type { EventKind, LabEvent } from '@shared/model/lab-event'

const MAX_EVENTS = 10_000
/** Layers answer each other, so the same event may stand a few rows back. */
const MERGE_REACH = 4

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export class Ledger {
  counters = newCounters()
  /** Reference being served; stamps events. */
  reference = 0
  /** While memory is populated, single faults are not logged. */
  isQuiet = false
  /** Conversations between layers. */
  readonly calls = new CallLog(this)
  private readonly log: Mutable<LabEvent>[] = []
  private numbered = 0

  count(id: CounterId, by = 1): void {
    this.counters[COUNTER_INDEX[id]] += by
  }

  /** Cycles that system software takes. */
  charge(cycles: number): void {
    this.counters[COUNTER_INDEX.softwareCycles] += cycles
  }

  /** Logs an event and charges its cycles. The same event a few rows back only counts up. */
  event(layer: number, kind: EventKind, text: string, frames: number, cycles: number): void {
    this.charge(cycles)
    const same = this.recentLike(layer, kind, text)
    if (same) {
      same.times++
      same.frames += frames
      same.cycles += cycles
      return
    }
    const n = ++this.numbered
    this.log.push({
      n,
      reference: this.reference,
      layer: LAYER_NAMES[layer],
      kind,
      text,
      frames,
      cycles,
      times: 1
    })
    if (this.log.length > MAX_EVENTS) this.log.splice(0, MAX_EVENTS / 10)
  }

  private recentLike(layer: number, kind: EventKind, text: string): Mutable<LabEvent> | undefined {
    const oldest = Math.max(0, this.log.length - MERGE_REACH)
    for (let i = this.log.length - 1; i >= oldest; i--) {
      const e = this.log[i]
      if (e.kind === kind && e.text === text && e.layer === LAYER_NAMES[layer]) return e
    }
    return undefined
  }

  /** Starts counting afresh; the log stays. Returns what had been counted. */
  restart(): Float64Array {
    const before = this.counters
    this.counters = newCounters()
    return before
  }

  get eventsLogged(): number {
    return this.numbered
  }

  eventsAfter(n: number, most: number): LabEvent[] {
    return this.log.filter((e) => e.n > n).slice(0, most)
  }

  events(): readonly LabEvent[] {
    return this.log
  }
}
