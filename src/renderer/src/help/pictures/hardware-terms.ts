/** Pictures of terms about translation hardware and walks. */
import { bitFields, cacheBox, layerStack } from './draw-machine'
import { accessStream, partsBar, sheet } from './draw-numbers'
import { frameRows } from './draw-memory'
import { walkChain } from './draw-walk'
import type { TermPicture } from './shapes'
import { STREAM_COUNTERS } from './stream-counters'
import { WALK_COUNTERS } from './walk-counters'
import {
  ALL_HITS,
  CACHED,
  COLD,
  FAULT,
  HOST_FAULT,
  NESTED_HITS,
  ONE_ROW,
  ONE_STEP,
  TWO_D,
  WASTED
} from './walks-of'

export const HARDWARE_TERMS: Record<string, TermPicture> = {
  tlb: cacheBox({
    title: 'TLB',
    lit: [[1, 2]],
    asks: 'page',
    answers: 'frame, no walk',
    says: 'A box of sets and ways: a page goes in, one entry is filled, a frame comes out.'
  }),
  reach: partsBar({
    parts: [
      { word: 'entries × page size', share: 3, fill: 'cy-data' },
      { word: 'beyond the reach', share: 7, fill: 'sunken' }
    ],
    lit: 0,
    whole: 'memory a program uses',
    says: 'Of the memory that a program uses, the part that the TLB’s entries cover is marked.'
  }),
  'set-way-tag-age': cacheBox({
    title: '4 sets of 4 ways',
    lit: [[1, 2]],
    asks: 'tag',
    answers: 'set 1, way 2',
    says: 'A grid of sets and ways: the tag selects the second set, and the entry is in its third way.'
  }),
  'tlb-miss': STREAM_COUNTERS.stlbMisses,
  'page-walk-cache': CACHED,
  piece: frameRows({
    rows: ['dddddddd....', '........dddd'],
    run: { row: 0, from: 2, count: 2, word: 'a piece of a larger page' },
    says: 'Of a large page a smaller part is kept in the TLB.'
  }),
  'tree-plru': walkChain({
    slots: [['which half'], ['which quarter'], ['this way']],
    foot: 'each bit points away from the last use',
    says: 'Two choices lead to the way that is replaced.'
  }),
  'vpid-pcid': bitFields({
    fields: [
      { word: 'VPID', bits: 16, isLit: true },
      { word: 'PCID', bits: 12, isLit: true },
      { word: 'page', bits: 36 }
    ],
    foot: 'whose translation it is, and of which page',
    says: 'A TLB entry’s tag: virtual processor, process, page.'
  }),
  'wrong-path': WALK_COUNTERS.wrongPathWalks,
  context: bitFields({
    fields: [
      { word: 'VPID', bits: 16, isLit: true },
      { word: 'PCID', bits: 12, isLit: true },
      { word: 'page', bits: 36 }
    ],
    foot: 'VPID and PCID together',
    says: 'The part of a tag that says whose a translation is.'
  }),
  'walk-style': sheet({
    title: 'pwc.style',
    lines: ['x86: entries are read, then kept', 'artifact: as the published simulator walks'],
    lit: 0,
    says: 'Two styles of walks as lines; x86 is the usual one.'
  }),
  'spared-step': CACHED,
  'repeated-line': accessStream({
    marks: 'llllls',
    run: [1, 2],
    word: 'the same line again',
    foot: 'served without asking the cache anew',
    says: 'Accesses in order; the second and third ask for the line of the first.'
  }),
  dump: sheet({
    title: 'pt_dump',
    lines: ['page, table, table, table, table, frame', 'page, table, table, table, table, frame'],
    says: 'A file whose rows hold a page, the tables that translate it, and its frame.'
  }),
  'nested-tlb': NESTED_HITS,
  walker: walkChain({
    slots: [['TLB miss'], ['read tables'], ['frame']],
    lit: (slot) => slot === 1,
    foot: 'hardware reads tables',
    says: 'After a TLB miss the walker reads tables and finds a frame.'
  }),
  stage: layerStack({
    stack: ['L1', 'L0', 'HW'],
    roles: { L1: 'stage of L1', L0: 'stage of L0', HW: 'machine frame' },
    calls: [
      { from: 'L1', to: 'L0', word: 'where is this table?' },
      { from: 'L0', to: 'HW', word: 'read it here' }
    ],
    says: 'Stages are stacked: that of L1 asks that of L0, which knows machine frames.'
  }),
  walk: TWO_D,
  step: ONE_STEP,
  reference: ONE_STEP,
  'critical-references': WALK_COUNTERS.walkCriticalReferences,
  'wasted-references': WASTED,
  '1-d-2-d-3-d-walk': ONE_ROW,
  'hit-level': ALL_HITS,
  'straddling-access': STREAM_COUNTERS.splits,
  'read-modify-write': accessStream({
    marks: 'flsfl',
    run: [1, 2],
    word: 'one instruction',
    foot: 'one load and one store of the same bytes',
    says: 'Accesses in order; a load and a store belong to one instruction.'
  }),
  'cold-walk': COLD,
  'page-fault': FAULT,
  'ept-violation': HOST_FAULT,
  'vm-exit': layerStack({
    stack: ['L1', 'L0', 'HW'],
    calls: [
      { from: 'L1', to: 'L0', word: 'VM exit' },
      { from: 'L0', to: 'L1', word: 'resume' }
    ],
    says: 'The guest leaves to the host hypervisor and comes back.'
  }),
  shootdown: layerStack({
    stack: ['L1', 'L0', 'HW'],
    roles: { HW: 'TLBs of all CPUs' },
    calls: [{ from: 'L1', to: 'HW', word: 'forget this page' }],
    says: 'A layer tells the TLBs of every CPU to forget a translation.'
  })
}
