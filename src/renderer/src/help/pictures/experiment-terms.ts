/** Pictures of terms about experiments, traces and results. */
import { accessStream, partsBar, ratioBars, sheet, twoLanes } from './draw-numbers'
import { walkChain } from './draw-walk'
import { cacheBox } from './draw-machine'
import { STREAM_COUNTERS } from './stream-counters'
import type { TermPicture } from './shapes'
import { COLD, TWO_D } from './walks-of'

const source = (lit: number, says: string): TermPicture =>
  sheet({
    title: 'where a number comes from',
    lines: [
      'Emulated: executed step by step',
      'Modelled: put in, such as the cycles of an exit',
      'Imported: taken over from elsewhere'
    ],
    lit,
    says
  })

const SPEC = ['environment: virtualized', 'lanes: radix, pvdmt', 'workload: gups', 'seed: 1']

export const EXPERIMENT_TERMS: Record<string, TermPicture> = {
  spec: sheet({ title: 'spec', lines: SPEC, says: 'A set-up as lines of parameters.' }),
  'hardware-profile': sheet({
    title: 'skylake',
    lines: ['TLB: entries, ways', 'walk caches: entries', 'caches: bytes, ways, cycles'],
    says: 'Hardware parameters as lines.'
  }),
  'own-hardware': sheet({
    title: 'my.json',
    lines: ['base: skylake', 'cache.llc.bytes: 16 MiB'],
    lit: 1,
    says: 'A file that changes one parameter of a profile.'
  }),
  lane: twoLanes({
    words: ['radix', 'pvDMT'],
    foot: 'the same accesses, a machine for each',
    says: 'Two lanes, A with radix, B with pvDMT.'
  }),
  barrier: twoLanes({
    barriers: [0.25, 0.5, 0.75],
    words: ['', ''],
    foot: 'here they are compared',
    says: 'Two lanes with three dashed lines across both.'
  }),
  workload: accessStream({
    marks: 'flfsfl',
    foot: 'made on the fly',
    says: 'Accesses in order, made by an algorithm.'
  }),
  'unionized-grid': cacheBox({
    title: 'energies × nuclides',
    lit: [
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 3]
    ],
    asks: 'energy',
    answers: 'a pointer each',
    says: 'A row of a grid has a pointer into the grid of each nuclide.'
  }),
  slice: partsBar({
    parts: [
      { word: 'vertex 1', share: 2 },
      { word: 'its neighbours', share: 5, fill: 'cy-data' },
      { word: 'vertex 3', share: 3 }
    ],
    lit: 1,
    whole: 'adjacency array',
    says: 'The neighbours of one vertex lie side by side.'
  }),
  'bulk-of-a-search': partsBar({
    parts: [
      { word: 'hubs', share: 1.5, fill: 'cy-soft' },
      { word: 'the bulk', share: 8, fill: 'cy-data' }
    ],
    lit: 1,
    whole: 'edges of a search, in order',
    says: 'After the hubs the bulk of the edges follows.'
  }),
  scenario: sheet({
    title: 'scenario',
    lines: ['1,000 loads', 'map 256 MiB', '1,000 loads', 'fork'],
    lit: 1,
    says: 'Operations between accesses, as lines.'
  }),
  trace: accessStream({
    marks: 'flfsfl',
    foot: 'read from a file',
    says: 'Accesses in order, read from a file.'
  }),
  'record-access': accessStream({
    marks: 'flsfl',
    run: [1, 1],
    word: 'one record',
    foot: 'a line or a binary record',
    says: 'Accesses in order; one record is marked.'
  }),
  'bad-line': accessStream({
    marks: 'fl?sf',
    run: [2, 2],
    word: 'none of its format',
    foot: 'counted and left out',
    says: 'Records in order; one cannot be read.'
  }),
  'skipped-record': accessStream({
    marks: 'fl.sf',
    run: [2, 2],
    word: 'no access of the program',
    foot: 'such as a software prefetch',
    says: 'Records in order; one is no access.'
  }),
  sampled: accessStream({
    marks: 'l..l...l',
    foot: 'the others were made, but are not in the file',
    says: 'Of eight accesses three are in the file.'
  }),
  survey: sheet({
    title: 'a whole trace, read once',
    lines: ['records', 'SHA-256', 'pages touched'],
    says: 'What is known of a trace before the run: counts, digest, pages.'
  }),
  'split-access': STREAM_COUNTERS.splits,
  'warm-up': accessStream({
    marks: '...lllll',
    run: [0, 2],
    word: 'not counted',
    foot: 'counting starts after it',
    says: 'The first accesses are not counted.'
  }),
  snapshot: twoLanes({
    barriers: [0.5],
    words: ['counters now', 'counters now'],
    foot: 'at an instant',
    says: 'Two lanes, and one instant at which their counters are taken.'
  }),
  'load-pass': walkChain({
    slots: [['look ahead', 'look ahead'], ['emulate'], ['emulate']],
    lit: (slot) => slot === 0,
    foot: 'makes the lab faster, changes no number',
    says: 'Reads ahead of a few references, side by side.'
  }),
  digest: sheet({
    title: 'digest',
    lines: ['counters', 'translations at every reference', 'final frame maps', 'SHA-256: one number'],
    lit: 3,
    says: 'Counters, translations and frame maps make one number.'
  }),
  verification: STREAM_COUNTERS.translationsChecked,
  'same-translations': STREAM_COUNTERS.translationsChecked,
  formula: ratioBars({
    over: 'sum of latencies of a design’s steps',
    under: 'walks of the radix lane',
    says: 'The paper’s formula: latencies of steps over walks.'
  }),
  difference: partsBar({
    parts: [
      { word: 'formula', share: 6, fill: 'cy-data' },
      { word: 'caches', share: 1.6, fill: 'cy-soft' },
      { word: 'look-ups', share: 1, fill: 'cy-instr' }
    ],
    whole: 'cycles of an emulated walk',
    says: 'An emulated walk as what the formula gives and what comes on top.'
  }),
  'cold-walk-2': COLD,
  'slot-2': walkChain({
    slots: [['1'], ['2', '3'], ['4']],
    lit: (slot) => slot === 1,
    foot: 'steps that run at once',
    says: 'Steps along time; two that run at once are marked.'
  }),
  vanilla: TWO_D,
  place: TWO_D,
  emulated: source(0, 'Of three sources of numbers the emulated one is marked.'),
  modelled: source(1, 'Of three sources of numbers the modelled one is marked.'),
  imported: source(2, 'Of three sources of numbers the imported one is marked.'),
  partial: accessStream({
    marks: 'llll....',
    run: [0, 3],
    word: 'what the numbers cover',
    foot: 'the run ended early',
    says: 'A run that ended in the middle.'
  })
}
