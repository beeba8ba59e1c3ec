/** Pictures of counters about accesses, TLBs, caches and cycles. */
import { cacheBox } from './draw-machine'
import { accessStream, partsBar, twoLanes } from './draw-numbers'
import type { Paint, TermPicture } from './shapes'

const ACCESSES = [
  { word: 'fetches', share: 5, fill: 'cy-instr' },
  { word: 'loads', share: 3, fill: 'cy-data' },
  { word: 'stores', share: 2, fill: 'cy-soft' },
  { word: 'splits', share: 0.7, fill: 'sunken' }
] as const
const accesses = (lit?: number): TermPicture =>
  partsBar({
    parts: ACCESSES,
    lit,
    whole: 'references',
    says: `References as a bar of fetches, loads, stores and splits${lit === undefined ? '' : `; ${ACCESSES[lit].word} are marked`}.`
  })

const CYCLES = [
  { word: 'instructions', share: 3, fill: 'cy-instr' },
  { word: 'data', share: 2.4, fill: 'cy-data' },
  { word: 'walks', share: 3.6, fill: 'lane-a' },
  { word: 'software', share: 1, fill: 'cy-soft' }
] as const
const cycles = (lit?: number): TermPicture =>
  partsBar({
    parts: CYCLES,
    lit,
    whole: 'all cycles of a lane',
    says: `All cycles of a lane as a bar: instructions, data, walks, software${lit === undefined ? '' : `; ${CYCLES[lit].word} are marked`}.`
  })

const HITS: readonly { word: string; share: number; fill: Paint }[] = [
  { word: 'L1 cache', share: 4, fill: 'hit-l1' },
  { word: 'L2 cache', share: 2.4, fill: 'hit-l2' },
  { word: 'LLC', share: 2, fill: 'hit-llc' },
  { word: 'memory', share: 1.6, fill: 'hit-mem' }
]
const hits = (whole: string, lit: number): TermPicture =>
  partsBar({
    parts: HITS,
    lit,
    whole,
    says: `Bar of ${whole}, in the shades of the levels that answer; ${HITS[lit].word} is marked.`
  })

const missOf = (title: string, asks: string): TermPicture =>
  cacheBox({
    title,
    lit: [],
    asks,
    answers: 'miss: ask the STLB',
    isMiss: true,
    says: `${title} as a box of sets and ways: a look-up finds no entry and leaves at the bottom.`
  })

export const STREAM_COUNTERS: Record<string, TermPicture> = {
  references: accesses(),
  fetches: accesses(0),
  loads: accesses(1),
  stores: accesses(2),
  splits: accessStream({
    marks: 'fl2lsf',
    run: [2, 2],
    word: 'two pages, two references',
    foot: 'an access that crosses a page',
    says: 'Accesses in order; one of them crosses a page and counts twice.'
  }),
  itlbMisses: missOf('ITLB', 'fetch'),
  dtlbMisses: missOf('DTLB', 'load, store'),
  stlbHits: cacheBox({
    title: 'STLB',
    lit: [[1, 2]],
    asks: 'first-level miss',
    answers: 'hit: frame',
    says: 'The shared second level finds the entry, which is filled, and answers with a frame.'
  }),
  stlbMisses: cacheBox({
    title: 'STLB',
    lit: [],
    asks: 'first-level miss',
    answers: 'miss: walk',
    isMiss: true,
    says: 'The shared second level finds nothing; the look-up leaves at the bottom and becomes a walk.'
  }),
  mapMismatches: accessStream({
    marks: 'lls!ll',
    run: [3, 3],
    word: 'outside the map',
    foot: 'the map is widened, the run goes on',
    says: 'Accesses in order; one lies outside the memory map.'
  }),
  stepsL1: hits('walk references', 0),
  stepsL2: hits('walk references', 1),
  stepsLlc: hits('walk references', 2),
  stepsMemory: hits('walk references', 3),
  dataL1: hits('line accesses of the stream', 0),
  dataL2: hits('line accesses of the stream', 1),
  dataLlc: hits('line accesses of the stream', 2),
  dataMemory: hits('line accesses of the stream', 3),
  fetchL1: hits('line accesses by fetches', 0),
  fetchL2: hits('line accesses by fetches', 1),
  fetchLlc: hits('line accesses by fetches', 2),
  fetchMemory: hits('line accesses by fetches', 3),
  translationsChecked: twoLanes({
    barriers: [0.2, 0.4, 0.6, 0.8],
    words: ['page 7, offset 0x40', 'page 7, offset 0x40'],
    foot: 'compared at every reference',
    says: 'Two lanes that reach the same page and offset at each of four comparisons.'
  }),
  translationErrors: twoLanes({
    barriers: [0.7],
    words: ['page 7', 'page 9: wrong'],
    foot: 'never seen in a sound lab',
    says: 'Two lanes that reach different pages at a comparison.'
  }),
  instructions: partsBar({
    parts: [
      { word: 'fetches', share: 6, fill: 'cy-instr' },
      { word: 'loads, stores', share: 4, fill: 'sunken' }
    ],
    lit: 0,
    whole: 'records of a trace',
    says: 'Of the records of a trace those that fetch an instruction are counted.'
  }),
  instructionCycles: cycles(0),
  dataCycles: cycles(1),
  walkStallCycles: cycles(2),
  softwareCycles: cycles(3),
  totalCycles: cycles(),
  framesOffColour: cacheBox({
    title: 'sets of a cache',
    ways: 4,
    lit: [
      [0, 0],
      [2, 1]
    ],
    asks: 'page’s own',
    answers: 'frame’s colour',
    says: 'Sets of a cache as rows: the page belongs to one row, its frame to another.'
  })
}
