/** Pictures of terms about system software. */
import { cacheBox, layerStack } from './draw-machine'
import { frameRows, teaSlots, turn } from './draw-memory'
import { accessStream, partsBar, sheet } from './draw-numbers'
import type { TermPicture } from './shapes'
import { SOFTWARE_COUNTERS } from './software-counters'

export const SYSTEM_TERMS: Record<string, TermPicture> = {
  vma: teaSlots({
    slots: 'xxxxxxx',
    register: null,
    area: 'VMA: one range, one set of permissions',
    name: 'leaf tables',
    says: 'A range of pages over the leaf tables that map it.'
  }),
  area: partsBar({
    parts: [
      { word: 'text', share: 1, fill: 'cy-instr' },
      { word: 'heap', share: 5, fill: 'cy-data' },
      { word: 'stack', share: 1, fill: 'cy-soft' }
    ],
    lit: 1,
    whole: 'virtual memory of a program',
    says: 'Areas of a program: text, heap, stack; the heap is marked.'
  }),
  'memory-map': sheet({
    title: '/proc/PID/maps',
    lines: ['55d0…-55d4… r-xp  program', '7f12…-7f92… rw-p  [heap]', '7ffd…-7ffe… rw-p  [stack]'],
    lit: 1,
    says: 'A memory map as lines of ranges, permissions and names.'
  }),
  'buddy-allocator-order': frameRows({
    rows: ['........dddd', '....ddddd.d.'],
    run: { row: 0, from: 0, count: 8, word: 'a free block of order 3: 8 frames' },
    says: 'Free blocks are two to a power; one of eight frames is marked.'
  }),
  'contiguous-allocation': frameRows({
    rows: ['d.d..dTTTTTTT.dd'],
    run: { row: 0, from: 6, count: 7, word: 'seven frames in a row' },
    says: 'Seven neighbouring frames are taken at once.'
  }),
  'migrate-type': frameRows({
    rows: ['dddd..tt..tt', 'dddd........'],
    run: { row: 0, from: 6, count: 2, word: 'tables cannot be moved by anybody' },
    says: 'Frames of data, which can be moved, beside frames of tables.'
  }),
  pageblock: frameRows({
    rows: ['dddddddd........'],
    run: { row: 0, from: 0, count: 8, word: '2 MiB of one type' },
    says: 'A run of frames that have one type.'
  }),
  'page-migration': SOFTWARE_COUNTERS.framesMigrated,
  compaction: turn({
    before: ['d.d.d.d.'],
    after: ['....dddd'],
    words: ['in pieces', 'a free block'],
    says: 'Pages move to the end until a block of free frames is there.'
  }),
  'page-colouring': cacheBox({
    title: 'sets of a cache',
    lit: [
      [1, 0],
      [1, 2]
    ],
    asks: 'page',
    answers: 'same set',
    says: 'A page and its frame belong to the same set of the cache.'
  }),
  fragmentation: turn({
    before: ['dddddd..', '........'],
    after: ['d.d..d.d', '..d...d.'],
    words: ['0 %', 'in pieces'],
    says: 'The same number of used frames: first together, then scattered, so that no long run is free.'
  }),
  'demand-fault': accessStream({
    marks: 'l!lll',
    run: [1, 1],
    word: 'first access: a fault',
    foot: 'the page gets its frame now',
    says: 'Accesses in order; the first one to a page is a fault.'
  }),
  populate: accessStream({
    marks: '....ll',
    run: [0, 3],
    word: 'before the first reference',
    foot: 'outside all counters',
    says: 'Memory gets its frames before the first access is counted.'
  }),
  process: layerStack({
    stack: ['L1', 'L0', 'HW'],
    roles: { L1: 'process and guest OS' },
    says: 'A process belongs to the innermost layer.'
  }),
  'system-call': layerStack({
    stack: ['L1', 'L0'],
    roles: { L1: 'a process', L0: 'its operating system' },
    calls: [{ from: 'L1', to: 'L0', word: 'mmap, fork, …' }],
    says: 'A process asks its operating system.'
  }),
  'copy-on-write': SOFTWARE_COUNTERS.copyOnWrites,
  deposit: turn({
    before: ['dddddddd', 't.......'],
    after: ['dddddddd', 'T.......'],
    words: ['kept for a split', 'used by it'],
    says: 'A table page is kept beside a huge page, and serves when the huge page is split.'
  }),
  'split-promotion': SOFTWARE_COUNTERS.hugePromotions,
  'tag-salt': sheet({
    title: 'tag of a frame',
    lines: ['process 1, page 7', 'process 1, page 8'],
    lit: 0,
    says: 'What a frame says of the page that it serves.'
  }),
  family: sheet({
    title: 'a family',
    lines: ['process 1', '  forked: process 2', '  forked: process 3'],
    says: 'A process and what it forked.'
  }),
  hypercall: SOFTWARE_COUNTERS.hypercalls,
  'frame-owner': frameRows({
    rows: ['ddddTTTTggg.....'],
    says: 'Frames of one layer, each with the mark of whoever has it.'
  }),
  conversation: layerStack({
    stack: ['L1', 'L0'],
    roles: { L1: 'asks for frames', L0: 'grants or denies' },
    calls: [{ from: 'L1', to: 'L0', word: 'allocate 2,049 frames' }],
    says: 'A guest asks its host, and the answer ends the conversation.'
  }),
  'fragmentation-try': turn({
    before: ['TTTTTT..'],
    after: ['T.dT.d.t'],
    words: ['0 %: one area', 'fragmented: pieces'],
    says: 'An entry area in one piece becomes pieces and ordinary tables where free frames are scattered.'
  }),
  'isolation-try': frameRows({
    rows: ['gggg....xxxx....'],
    run: { row: 0, from: 8, count: 4, word: 'of another guest: refused' },
    says: 'The own area of a guest is granted, the area of another is refused.'
  }),
  footprint: partsBar({
    parts: [
      { word: 'table', share: 7, fill: 'cy-data' },
      { word: 'heap', share: 2, fill: 'cy-soft' },
      { word: 'stack', share: 0.6, fill: 'cy-instr' }
    ],
    whole: 'footprint: all memory that is used',
    says: 'The memory of a workload as a bar of its areas.'
  })
}
