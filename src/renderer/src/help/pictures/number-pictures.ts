/** Pictures of ratios and of the other numbers of the window. */
import { cacheBox, layerStack } from './draw-machine'
import { frameRows, teaSlots } from './draw-memory'
import { accessStream, partsBar, ratioBars, sheet } from './draw-numbers'
import { walkChain } from './draw-walk'
import type { TermPicture } from './shapes'
import { SPACE_TERMS } from './space-terms'
import { SYSTEM_TERMS } from './system-terms'
import { STREAM_COUNTERS } from './stream-counters'
import { ALL_HITS, ONE_STEP, TWO_D } from './walks-of'

const sum = (lit: number, foot: string, says: string): TermPicture =>
  walkChain({ slots: [['4'], ['14'], ['200']], lit: (slot) => lit < 0 || slot === lit, foot, says })

const speedup = (over: string, under: string): TermPicture =>
  ratioBars({
    over: `${over} of lane A, the baseline`,
    under: `${over} of ${under}`,
    overFill: 'lane-a',
    underFill: 'lane-b',
    share: 1.6,
    says: `${over} of the baseline, a longer bar, over ${over.toLowerCase()} of the lane.`
  })

const map = (lit: number, says: string): TermPicture =>
  sheet({
    title: 'a memory map',
    lines: ['r-xp  program, 2 MiB', 'rw-p  heap, 96 MiB', 'rw-p  mapping, 80 MiB'],
    lit,
    says
  })

const COVERED = partsBar({
  parts: [
    { word: 'covered by registers', share: 7, fill: 'l1' },
    { word: 'walked as radix', share: 2, fill: 'sunken' }
  ],
  lit: 0,
  whole: 'mapped bytes',
  says: 'Of the mapped bytes those that registers cover are marked.'
})

export const NUMBER_PICTURES: Record<string, TermPicture> = {
  referencesPerWalk: ratioBars({
    over: 'entries read',
    under: 'walks',
    share: 0.9,
    says: 'Entries read over walks.'
  }),
  coveredReferencesPerWalk: ratioBars({
    over: 'entries read by DMT walks',
    under: 'DMT walks',
    overFill: 'lane-b',
    says: 'Entries read by DMT walks over DMT walks.'
  }),
  cyclesPerWalk: ratioBars({
    over: 'cycles of walks',
    under: 'walks',
    share: 0.9,
    says: 'Cycles of walks over walks.'
  }),
  walkOverhead: STREAM_COUNTERS.walkStallCycles,
  walksPerKiloReference: accessStream({
    marks: 'llmllllmll',
    foot: 'misses among a thousand references',
    says: 'Ten accesses, two of which miss the TLB.'
  }),
  dmtCoverage: partsBar({
    parts: [
      { word: 'by registers in every layer', share: 7, fill: 'lane-b' },
      { word: 'fell back', share: 2, fill: 'cy-instr' }
    ],
    lit: 0,
    whole: 'walks of a lane',
    says: 'Of all walks those that registers served in every layer are marked.'
  }),
  walksPerKiloInstruction: accessStream({
    marks: 'ffmffffmff',
    foot: 'walks among a thousand instructions',
    says: 'Ten instructions, two of which lead to a walk.'
  }),
  criticalReferencesPerWalk: ratioBars({
    over: 'reads that wait for one another',
    under: 'walks',
    says: 'Reads that wait for one another, over walks.'
  }),
  pageWalkSpeedup: speedup('Cycles per walk', 'lane B'),
  applicationSpeedup: speedup('All cycles', 'lane B'),
  memoryOverhead: ratioBars({
    over: 'tables and entry areas of the lane',
    under: 'of the baseline',
    overFill: 'lane-b',
    underFill: 'lane-a',
    share: 1.15,
    says: 'Memory for translation of the lane beside that of the baseline.'
  }),
  progress: partsBar({
    parts: [
      { word: 'done', share: 4, fill: 'cy-soft' },
      { word: 'to do', share: 6, fill: 'sunken' }
    ],
    lit: 0,
    whole: 'references of the run',
    says: 'A bar of which four tenths are done.'
  }),
  referencesPerSecond: accessStream({
    marks: 'lllllll',
    run: [0, 4],
    word: 'in one second',
    foot: 'how fast the lab runs, no result',
    says: 'Accesses in order; those of one second are marked.'
  }),
  seed: sheet({
    title: 'seed: 1',
    lines: ['random choices', 'accesses', 'the same digest'],
    says: 'One number from which all random choices follow.'
  }),
  walk: accessStream({
    marks: 'lmllmlm',
    run: [4, 4],
    word: 'walk 2',
    foot: 'walks are counted, hits are not',
    says: 'Accesses in order, three of which miss; the second is walk 2.'
  }),
  reference: accessStream({
    marks: 'lmllmlm',
    run: [4, 4],
    word: 'reference 5',
    foot: 'counted from the first of the run',
    says: 'Accesses in order; the fifth is marked.'
  }),
  n: ONE_STEP,
  cycles: sum(2, 'latency of one step', 'Three steps with their latencies; the last is marked.'),
  cyclesSoFar: sum(-1, '4, then 18, then 218', 'Three steps with their latencies, which add up.'),
  speedupOfOne: speedup('Cycles of a walk', 'lane B'),
  walkCyclesOfOne: sum(
    -1,
    '4 + 14 + 200 = 218 cycles',
    'Three steps with their latencies, which add up to the cycles of the walk.'
  ),
  walkCyclesMedian: partsBar({
    parts: [
      { word: 'as fast or faster', share: 5, fill: 'cy-soft' },
      { word: 'slower', share: 5, fill: 'sunken' }
    ],
    lit: 0,
    whole: 'walks of a lane, fastest first',
    says: 'Walks in order of their cycles, cut in the middle: the slowest of the faster half has the median.'
  }),
  walkCycles99: partsBar({
    parts: [
      { word: '99 of 100', share: 9, fill: 'cy-soft' },
      { word: 'tail', share: 1.4, fill: 'sunken' }
    ],
    lit: 0,
    whole: 'walks of a lane, fastest first',
    says: 'Walks in order of their cycles, all but the slowest hundredth of them marked.'
  }),
  walkShare: partsBar({
    parts: [
      { word: 'in this bin', share: 4, fill: 'cy-soft' },
      { word: 'in all others', share: 6, fill: 'sunken' }
    ],
    lit: 0,
    whole: 'walks of a lane',
    says: 'Of all walks of a lane those with so many cycles are marked.'
  }),
  compared: accessStream({
    marks: 'lmllmlmll',
    run: [4, 8],
    word: 'the last ones',
    foot: 'all of them, or the last 100,000',
    says: 'Accesses in order; those at the end are marked.'
  }),
  referencesOfOne: TWO_D,
  hitShare: ALL_HITS,
  frameShare: SYSTEM_TERMS['frame-owner'],
  entry: SPACE_TERMS.flags,
  address: SPACE_TERMS.index,
  index: SPACE_TERMS.index,
  events: layerStack({
    stack: ['L1', 'L0', 'HW'],
    calls: [
      { from: 'L1', to: 'L0', word: 'this is an event' },
      { from: 'L0', to: 'L1', word: 'a row of Events' }
    ],
    says: 'What passes between layers is an event.'
  }),
  eventCycles: STREAM_COUNTERS.softwareCycles,
  translationBytes: frameRows({
    rows: ['dddddddTTTT.....', 'd.d.t..d....d...'],
    run: { row: 0, from: 7, count: 4, word: 'table pages and entry areas, in all layers' },
    says: 'Of physical memory, the frames of tables and entry areas are marked.'
  }),
  formulaCycles: ratioBars({
    over: 'latencies of steps, as the paper adds them',
    under: 'walks of the radix lane',
    says: 'Latencies of steps over walks of the radix lane.'
  }),
  formulaSpeedup: ratioBars({
    over: 'radix (Vanilla)',
    under: 'a design',
    share: 1.5,
    says: 'Cycles of radix, the paper’s Vanilla, over those of a design.'
  }),
  pwcEntries: cacheBox({
    title: 'page-walk cache',
    sets: 3,
    lit: [[0, 1]],
    asks: 'upper bits',
    answers: 'table page',
    says: 'A box of entries that know table pages.'
  }),
  tlbEntries: cacheBox({
    title: 'TLB',
    lit: [
      [0, 0],
      [0, 1],
      [1, 0]
    ],
    asks: 'page',
    answers: 'frame',
    says: 'A box of sets and ways; each cell is an entry.'
  }),
  records: accessStream({
    marks: 'flsfl',
    foot: 'each line or binary record',
    says: 'Records of a trace in order.'
  }),
  pages4K: frameRows({
    rows: ['d.dd..d.d...', '..d...d.....'],
    says: 'Of many pages the touched ones are filled.'
  }),
  regions2M: frameRows({
    rows: ['d.dd....d...', '............'],
    run: { row: 0, from: 0, count: 4, word: 'a region of which a page was touched' },
    says: 'A range of pages of which at least one was touched.'
  }),
  areas: map(-1, 'A memory map of three lines, each an area.'),
  eligible: map(1, 'A memory map of three lines; a large area is marked.'),
  clusters: teaSlots({
    slots: 'xxx.xxxx',
    area: 'area    gap    area',
    foot: 'joined: one slot is wasted',
    register: 'one register',
    says: 'Two areas with a small gap share one entry area.'
  }),
  registersFor99Percent: partsBar({
    parts: [
      { word: 'register 1', share: 6, fill: 'l1' },
      { word: 'register 2', share: 3, fill: 'l1' },
      { word: 'the last 1 %', share: 0.4, fill: 'sunken' }
    ],
    whole: 'mapped bytes',
    says: 'Two registers cover 99 % of the mapped bytes.'
  }),
  teaFrames: teaSlots({
    slots: 'xxxxxxxx',
    foot: 'one frame for each 2 MiB',
    says: 'An entry area of eight frames.'
  }),
  mappedBytes: map(-1, 'A memory map of three lines; all their bytes are mapped.'),
  residentBytes: frameRows({
    rows: ['dddd....dd......'],
    run: { row: 0, from: 0, count: 4, word: 'mapped and in memory' },
    says: 'Of the mapped pages those that have a frame are marked.'
  }),
  hugeBytes: frameRows({
    rows: ['dddddddd.d.d....'],
    run: { row: 0, from: 0, count: 8, word: 'one huge page' },
    says: 'A run of frames of one huge page beside single frames.'
  }),
  largestTeaFrames: frameRows({
    rows: ['d.TTTTTTTT..d.dd'],
    run: { row: 0, from: 2, count: 8, word: 'needed in a row' },
    says: 'The longest run of frames that an entry area needs.'
  }),
  bubbleFrames: teaSlots({
    slots: 'xxx..xxx',
    foot: 'slots that no area needs',
    says: 'An entry area with two empty slots.'
  }),
  coveredBytes: COVERED,
  longestFreeRun: frameRows({
    rows: ['d.d..d.....d..d.'],
    run: { row: 0, from: 6, count: 5, word: 'no longer run is free' },
    says: 'Of all free runs of frames the longest is marked.'
  }),
  requests: layerStack({
    stack: ['L1', 'L0', 'HW'],
    calls: [
      { from: 'L1', to: 'L0', word: 'frames in a row?' },
      { from: 'L0', to: 'L1', word: 'granted, or refused' }
    ],
    says: 'A layer asks for frames in a row and is answered.'
  }),
  coveredShare: COVERED
}
