/**
 * GUPS: HPCC RandomAccess as the DMT artifact runs it (workloads/gups/gups.c). 128 random states take turns;
 * each update changes a random word of the table and its mirror image:
 *
 *   ran = (ran << 1) ^ (top bit of ran ? 7 : 0);  e = ran mod words;  T[e] ^= ran;  T[words - e] ^= ran
 *
 * The starts of the states are fixed by the benchmark, so the seed has no part in it. They are sparse words, and
 * during the first 160,000 updates or so a few in a hundred still fall on pages just used: `gups.skip` says how many
 * updates are done when the stream begins.
 */
import { PAGE_BYTES, pageHigh, pageLow } from '@shared/address/address'
import type { AccessBatch } from '@shared/model/access'
import { REFERENCES_PER_UPDATE, STEPS, updateTemplate } from './gups-update'
import { elementAt, nextLower, nextUpper } from './hpcc-sequence'
import { footprintPages, layOutProcess, type ProcessLayout } from './process-layout'
import type { AccessSource, Area, Workload } from './workload'

const GIB = 2 ** 30
const STATES = 128
/** Updates of the benchmark; the states start at equal distances over them. */
const UPDATES = 2 ** 30
const WORD_BYTES = 8
const WORDS_PER_PAGE = PAGE_BYTES / WORD_BYTES
/** malloc keeps its header in front of what it hands out, so table and states start 16 bytes into their areas. */
const WORDS_BEFORE = 2

export const gups: Workload = {
  info: {
    id: 'gups',
    title: 'GUPS',
    summary: 'HPCC RandomAccess: read-modify-write of random words of one large table',
    story: [
      'The HPC Challenge benchmark RandomAccess: 128 streams of pseudo-random numbers take turns, and each number names a word of one large table that is read, changed and written, and then the word that mirrors it from the table’s other end.',
      'The table is one anonymous mapping that is filled before measuring begins. An update loads and stores its stream’s state, which stays in the cache, and two random words: 2 of its 6 data references miss the first-level TLB.'
    ],
    presets: { paper: 128 * GIB, laptop: 4 * GIB },
    takesPowerOfTwo: true,
    knobs: [
      {
        path: 'gups.skip',
        title: 'Updates skipped',
        help: 'First updates, which are not run: their numbers have few bits set and keep to few pages'
      }
    ]
  },
  open: (spec) => new GupsSource(tableWords(spec.footprint), spec.gups.skip)
}

/** The table is the largest power of two within the footprint. */
function tableWords(footprint: number): number {
  return (2 ** Math.floor(Math.log2(footprintPages(footprint))) * PAGE_BYTES) / WORD_BYTES
}

class GupsSource implements AccessSource {
  readonly areas: readonly Area[]
  readonly instructionsPerReference = 0
  private readonly upper = new Int32Array(STATES)
  private readonly lower = new Int32Array(STATES)
  private readonly upperMask: number
  private readonly lowerMask: number
  private readonly layout: ProcessLayout
  private readonly update: AccessBatch
  private turn = 0
  /** Next reference of the update at hand. */
  private step = 0

  constructor(
    private readonly words: number,
    skip: number
  ) {
    this.upperMask = Math.floor((words - 1) / 2 ** 32)
    this.lowerMask = (words - 1) | 0
    // The mirror image of word 0 is one word behind the table, in a page of its own.
    this.layout = layOutProcess('table', words / WORDS_PER_PAGE + 1)
    this.areas = this.layout.areas
    this.update = updateTemplate(this.layout.text.start)
    this.startStates(skip)
    this.prepareUpdate()
  }

  fill(batch: AccessBatch, from: number, to: number): number {
    const update = this.update
    let step = this.step
    for (let i = from; i < to; i++) {
      batch.kind[i] = update.kind[step]
      batch.size[i] = update.size[step]
      batch.offset[i] = update.offset[step]
      batch.high[i] = update.high[step]
      batch.low[i] = update.low[step]
      step++
      if (step === REFERENCES_PER_UPDATE) {
        this.prepareUpdate()
        step = 0
      }
    }
    this.step = step
    return to
  }

  private startStates(skip: number): void {
    this.turn = skip % STATES
    for (let j = 0; j < STATES; j++) {
      const advanced = Math.ceil((skip - j) / STATES)
      const start = elementAt((UPDATES / STATES) * j + Math.max(0, advanced))
      this.upper[j] = start.upper
      this.lower[j] = start.lower
    }
  }

  /** Advances the state whose turn it is and addresses the references of its update. */
  private prepareUpdate(): void {
    const j = this.turn
    const upper = nextUpper(this.upper[j], this.lower[j])
    const lower = nextLower(this.upper[j], this.lower[j])
    this.upper[j] = upper
    this.lower[j] = lower
    this.turn = (j + 1) % STATES
    const word = (upper & this.upperMask) * 2 ** 32 + ((lower & this.lowerMask) >>> 0)
    this.place(STEPS.state, this.layout.heap, j)
    this.place(STEPS.word, this.layout.main, word)
    this.place(STEPS.mirror, this.layout.main, this.words - word)
  }

  /** Addresses the load at `step` and the store paired with it: word `index` of the block that fills `area`. */
  private place(pair: readonly [number, number], area: Area, index: number): void {
    const word = index + WORDS_BEFORE
    const page = area.start + Math.floor(word / WORDS_PER_PAGE)
    for (const step of pair) {
      this.update.offset[step] = (word % WORDS_PER_PAGE) * WORD_BYTES
      this.update.high[step] = pageHigh(page)
      this.update.low[step] = pageLow(page)
    }
  }
}
