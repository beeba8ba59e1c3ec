/** Pictures of terms about designs: entry areas, registers, grants. */
import { cacheBox, layerStack } from './draw-machine'
import { frameRows, teaSlots, turn } from './draw-memory'
import { partsBar, sheet } from './draw-numbers'
import { walkTree } from './draw-walk'
import { DESIGN_COUNTERS } from './design-counters'
import type { TermPicture } from './shapes'
import { SOFTWARE_COUNTERS } from './software-counters'
import { WALK_COUNTERS } from './walk-counters'
import { DMT_WALK, FALLBACK_WALK, PVDMT_WALK, SHADOW_WALK, TWO_D } from './walks-of'

const TEA = teaSlots({
  slots: 'xxxxoxxxx',
  foot: 'leaf table = start of the TEA + place in the area',
  says: 'An area of pages above; below it the leaf tables that map it, one after the other in contiguous frames. A register says where they begin.'
})

export const DESIGN_TERMS: Record<string, TermPicture> = {
  design: sheet({
    title: 'who answers a TLB miss',
    lines: ['radix: walk all tables', 'DMT: registers name leaf tables', 'shadow: one combined table'],
    says: 'Three designs as lines: radix, DMT, shadow paging.'
  }),
  radix: TWO_D,
  'radix-with-all-dimensions': layerStack({
    stack: ['L2', 'L1', 'L0', 'HW'],
    calls: [
      { from: 'L2', to: 'L1', word: 'each step of L2 …' },
      { from: 'L1', to: 'L0', word: '… asks L1, then L0' },
      { from: 'L0', to: 'HW', word: '… which reads memory' }
    ],
    says: 'Each step of L2 is translated by L1, each step of that by L0.'
  }),
  'shadow-paging': SHADOW_WALK,
  dmt: DMT_WALK,
  pvdmt: PVDMT_WALK,
  ideal: walkTree({
    levels: ['address'],
    says: 'An address leads to its page without any table.',
    page: 'page',
    foot: 'no table is read'
  }),
  tea: TEA,
  'tea-threshold': sheet({
    title: 'TEA threshold: 64 MiB',
    lines: ['program, 2 MiB: no TEA', 'heap, 96 MiB: a TEA', 'mapping, 80 MiB: a TEA'],
    lit: 0,
    says: 'Three memory areas; the small one gets no TEA.'
  }),
  slot: teaSlots({
    slots: 'xxxxoxxxx',
    foot: 'one table page',
    says: 'One slot of an entry area is marked.'
  }),
  bubble: teaSlots({
    slots: 'xxx..xxxx',
    area: 'pages, with a gap that nobody maps',
    foot: 'kept, although no table page uses them',
    says: 'Two slots of an entry area are empty outlines.'
  }),
  'dmt-register': TEA,
  class: teaSlots({
    slots: 'xxxxxx',
    register: '4 KiB',
    foot: 'an area with two page sizes has two',
    says: 'An entry area for one page size.'
  }),
  'register-match': WALK_COUNTERS.registerMatches,
  gtea: layerStack({
    stack: ['L1', 'L0', 'HW'],
    roles: { L1: 'guest’s leaf tables', L0: 'table of gTEAs', HW: 'frames in a row' },
    calls: [
      { from: 'L1', to: 'L0', word: 'frames in a row?' },
      { from: 'L0', to: 'L1', word: 'gTEA 3' }
    ],
    says: 'The guest asks for contiguous machine frames; L0 grants them and names a number.'
  }),
  grant: frameRows({
    rows: ['d.gggggg.d', 'dd...dd...'],
    run: { row: 0, from: 2, count: 6, word: 'granted to a guest' },
    says: 'Six machine frames in a row are granted to a guest.'
  }),
  window: partsBar({
    parts: [
      { word: 'memory of the guest', share: 6, fill: 'cy-instr' },
      { word: 'window, from 1 TiB', share: 3, fill: 'l0-tint' }
    ],
    lit: 1,
    whole: 'the guest’s physical space',
    says: 'Above the guest’s memory a window begins, through which it sees its grants.'
  }),
  'gtea-table': sheet({
    title: 'gTEA table of L0',
    lines: [
      '1  VM 1  frames 0x8000 to 0x81ff',
      '2  VM 2  frames 0x8200 to 0x82ff',
      '3  VM 1  frames 0x9000 to 0x90ff'
    ],
    lit: 1,
    says: 'A table whose rows name a grant, its owner and its frames.'
  }),
  delegate: layerStack({
    stack: ['L2', 'L1', 'L0'],
    calls: [
      { from: 'L0', to: 'L1', word: 'grant' },
      { from: 'L1', to: 'L2', word: 'passed on' }
    ],
    says: 'L0 grants frames to L1, which passes them on to L2.'
  }),
  'hidden-descriptor': cacheBox({
    title: 'register and descriptor',
    sets: 3,
    ways: 2,
    lit: [[1, 1]],
    asks: 'gTEA 2',
    answers: 'frames, bound',
    says: 'Beside each register hardware keeps frames and bound of its gTEA.'
  }),
  'gtea-check': layerStack({
    stack: ['L1', 'L0', 'HW'],
    roles: { HW: 'gTEA check' },
    calls: [
      { from: 'L1', to: 'HW', word: 'own gTEA: passed' },
      { from: 'L1', to: 'HW', word: 'another’s: refused', isRefused: true }
    ],
    says: 'A check lets the guest’s own gTEA pass and refuses another’s.'
  }),
  violation: SOFTWARE_COUNTERS.gteaViolations,
  reclaim: SOFTWARE_COUNTERS.gteaReclaims,
  balloon: SOFTWARE_COUNTERS.balloonPages,
  'live-migration': SOFTWARE_COUNTERS.liveMigrations,
  'dirty-logging': SOFTWARE_COUNTERS.migrationRounds,
  'reflected-exit': SOFTWARE_COUNTERS.reflectedExits,
  'coverage-of-a-layer': layerStack({
    stack: ['L2', 'L1', 'L0'],
    roles: { L2: 'P: cooperative DMT', L1: 'D: DMT', L0: 'R: radix' },
    says: 'Each layer with its letter: P cooperative DMT, D DMT, R radix.'
  }),
  fallback: FALLBACK_WALK,
  migration: DESIGN_COUNTERS.teaMigrations,
  split: DESIGN_COUNTERS.teaSplits,
  expansion: DESIGN_COUNTERS.teaExpansions,
  merge: DESIGN_COUNTERS.teaMerges,
  trim: DESIGN_COUNTERS.teaTrims,
  ranking: partsBar({
    parts: [
      { word: 'TEA 1', share: 6, fill: 'l1' },
      { word: 'TEA 2', share: 3, fill: 'l1' },
      { word: 'TEA 3: no register', share: 1, fill: 'l1-tint' }
    ],
    whole: 'sampled walks, by TEA',
    says: 'Entry areas by the walks they served; the last gets no register.'
  }),
  'deposit-2': turn({
    before: ['TTTT....'],
    after: ['TTTTT...'],
    words: ['kept, all zeros', 'used by a split'],
    says: 'A slot of an entry area is kept for the table that a split needs.'
  })
}
