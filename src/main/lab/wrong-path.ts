/**
 * Loads of a wrong path: a branch was mispredicted, and a load behind it looks its page up before that is known. The
 * walk is made in full and fills caches, walk caches and the TLB, and sets A bits (Intel SDM vol. 3A, 4.10.2.3 and
 * 4.8). Where it finds no translation nothing happens: no fault is raised, no exit is taken. What it reads is counted
 * apart from the walks of the stream, and nobody waits for it.
 */
import { page, pageHigh, pageLow, type Page } from '@shared/address/address'
import { LOAD } from '@shared/model/access'
import { newCounters } from '@shared/stats/counters'
import { RandomWords } from '@shared/random/random-words'
import type { Task } from './clock'
import { metaOf, shiftOf } from './leaf-meta'
import type { Machine } from './machine'

/** Of the length of the area that an address is drawn near: half of them lie beyond its end. */
const REACH = 2

export class WrongPath implements Task {
  readonly every: number
  private readonly random: RandomWords
  private readonly scratch = newCounters()

  constructor(private readonly machine: Machine) {
    this.every = machine.spec.cpu.wrongPathEvery
    this.random = new RandomWords(machine.spec.seed)
  }

  /** One load, near an area of the process that runs. */
  run(): void {
    const target = this.draw()
    if (target !== null) this.load(target)
  }

  load(target: Page): void {
    const { tlb, context, walk, stage, ledger } = this.machine
    const [high, low] = [pageHigh(target), pageLow(target)]
    if (tlb.lookup(false, high, low, context)) return
    const { counters } = ledger
    // What the design counts of its own belongs to walks of the stream.
    ledger.counters = this.scratch
    walk.begin()
    const frame = stage.translate(high, low, LOAD)
    ledger.counters = counters
    ledger.count('wrongPathWalks')
    ledger.count('wrongPathReferences', walk.references + walk.wastedReferences)
    if (frame < 0) return ledger.count('wrongPathFaults')
    tlb.fill(false, high, low, context, frame, shiftOf(walk.leafLevel), metaOf(walk))
  }

  private draw(): Page | null {
    const areas = this.machine.stack.inner.space.vmas.list()
    if (areas.length === 0) return null
    const { start, end } = areas[this.random.next() % areas.length]
    return page(start + Math.floor((this.random.next() / 2 ** 32) * REACH * (end - start)))
  }
}
