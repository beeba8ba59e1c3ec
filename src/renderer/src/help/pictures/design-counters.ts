/** Pictures of counters about entry areas, and about the tables of rival designs. */
import { hashWays, layerStack } from './draw-machine'
import { frameRows, teaSlots, turn } from './draw-memory'
import type { TermPicture } from './shapes'

const outside = (run: string, word: string, says: string): TermPicture =>
  frameRows({
    rows: ['TTTTTTTTdd..dd......', run],
    run: { row: 1, from: 3, count: 1, word },
    says
  })

export const DESIGN_COUNTERS: Record<string, TermPicture> = {
  teasCreated: turn({
    before: ['d.d.....'],
    after: ['d.dTTTTT'],
    words: ['free frames', 'an entry area'],
    says: 'Five free frames in a row become an entry area.'
  }),
  teaSplits: turn({
    before: ['...dd...'],
    after: ['TTTddTTT'],
    words: ['no run of six', 'two pieces'],
    says: 'No six frames in a row are free, so the entry area is made in two pieces.'
  }),
  teaMigrations: turn({
    before: ['t..t.t..', '........'],
    after: ['........', 'TTT.....'],
    words: ['tables exist', 'moved into a TEA'],
    says: 'Scattered leaf tables are moved into an entry area.'
  }),
  teaFallbacks: turn({
    before: ['d.d.d.d.'],
    after: ['dtd.dtd.'],
    words: ['no run free', 'ordinary tables'],
    says: 'No two free frames lie in a row; the tables go to ordinary frames.'
  }),
  teaExpansions: turn({
    before: ['TTT...d.'],
    after: ['TTTTTTd.'],
    words: ['three slots', 'grown in place'],
    says: 'An entry area of three frames takes the three free frames beside it.'
  }),
  teaMerges: turn({
    before: ['TTT.....'],
    after: ['TTTTTTT.'],
    words: ['one area', 'two areas'],
    says: 'An entry area is made longer to serve a neighbouring memory area too; one slot between them is unused.'
  }),
  teaTrims: turn({
    before: ['TTTTTTTT'],
    after: ['TTT.....'],
    words: ['half unused', 'given back'],
    says: 'An entry area gives its unused end back.'
  }),
  teasFreed: turn({
    before: ['dTTTT.d.'],
    after: ['d.....d.'],
    words: ['an entry area', 'given back'],
    says: 'The frames of an entry area are free again.'
  }),
  tablesOutside: outside(
    'd..t.d..............',
    'leaf table of the same area',
    'An entry area in a row, and one leaf table of the same area in an ordinary frame.'
  ),
  tablesNoRegister: teaSlots({
    slots: 'xxxxxxx',
    register: 'all taken',
    foot: 'all registers point elsewhere',
    says: 'An area with leaf tables, but every register is in use.'
  }),
  tablesNoSlot: teaSlots({
    slots: 'xxxxx..',
    register: null,
    foot: 'no area could be made or grow',
    says: 'Leaf tables beyond the end of an entry area that cannot grow.'
  }),
  tablesNoContiguity: outside(
    'd.dt.d.d.d.d.d......',
    'no frames in a row',
    'Free frames lie one by one between data; a leaf table takes one of them.'
  ),
  tablesSlotTaken: teaSlots({
    slots: 'xxxoxxx',
    foot: 'the slot of this table is in use',
    says: 'The slot that belongs to a leaf table is taken, and is marked.'
  }),
  tablesIneligible: teaSlots({
    slots: 'x',
    register: null,
    area: 'small area',
    name: 'no TEA',
    foot: 'areas below the smallest size have none',
    says: 'A small area with one leaf table and no entry area.'
  }),
  segmentsMade: frameRows({
    rows: ['tttttttt....dd......', 'd.d.................'],
    run: { row: 0, from: 0, count: 8, word: 'table pages in one run' },
    says: 'A run of guest frames in which all table pages lie.'
  }),
  segmentBlocksSmall: layerStack({
    stack: ['L1', 'L0'],
    calls: [{ from: 'L1', to: 'L0', word: 'one 2 MiB page?', isRefused: true }],
    says: 'The host could not back a block with one page of 2 MiB.'
  }),
  tablesOutsideSegments: outside(
    'd..t.d..............',
    'table page in an ordinary frame',
    'A run of table pages, and one table page in an ordinary frame.'
  ),
  nodesFolded: turn({
    before: ['t..t..t.'],
    after: ['TTTTTTTT'],
    words: ['two levels', 'one node'],
    says: 'Table pages of two levels become one node of adjacent frames.'
  }),
  nodesUnfolded: turn({
    before: ['........'],
    after: ['t.d.t.d.'],
    words: ['a node?', 'two levels'],
    says: 'No run of frames is free for a node, so two levels of table pages are kept.'
  }),
  hashKicks: hashWays({
    ways: ['x.xox.xx', 'xx.x.xox', '.xx.xx.x'],
    foot: 'a line gives its place and goes to another way',
    says: 'Three ways of a cuckoo table; a line is pushed from the first to the second.'
  }),
  hashResizes: hashWays({
    ways: ['xxxx....', 'xxxx....', 'xxxx....'],
    foot: 'every way doubles',
    says: 'Three full ways with as many empty places added.'
  }),
  hashMoves: hashWays({
    ways: ['x.x.o.x.', 'xx...x..', '.x.x...x'],
    foot: 'lines go to the larger ways one by one',
    says: 'A line lies at a new place in a way that has grown.'
  }),
  hashOverflows: hashWays({
    ways: ['xxxxxxxx', 'xxxxxxxx', 'xxxxxxxx'],
    foot: 'no place in any way: walked as radix',
    says: 'All places of all ways are taken.'
  }),
  shadowFills: turn({
    before: ['t.t.....'],
    after: ['t.t.TT..'],
    words: ['guest and host', 'combined'],
    says: 'Entries of the guest’s and the host’s tables are combined into a shadow table.'
  }),
  shadowExits: layerStack({
    stack: ['L1', 'L0', 'HW'],
    roles: { L0: 'keeps the shadow' },
    calls: [
      { from: 'L1', to: 'L0', word: 'writes a table: exit' },
      { from: 'L0', to: 'L1', word: 'shadow follows' }
    ],
    says: 'The guest’s write to its table exits to the host, which keeps the shadow table in step.'
  }),
  shadowSyncs: layerStack({
    stack: ['L1', 'L0'],
    roles: { L0: 'shadow' },
    calls: [{ from: 'L0', to: 'L1', word: 'reads the table again' }],
    says: 'The host reads a guest table that was let go.'
  }),
  shadowDrops: turn({
    before: ['TTTT....'],
    after: ['TT......'],
    words: ['shadow entries', 'dropped'],
    says: 'Two of four shadow entries are dropped, because a table behind them changed.'
  }),
  tablesNested: layerStack({
    stack: ['L1', 'L0'],
    roles: { L1: 'table often written', L0: 'shadow' },
    calls: [{ from: 'L0', to: 'L1', word: 'walked as two dimensions' }],
    says: 'A guest table that changes often is taken out of the shadow.'
  }),
  tablesShadowed: layerStack({
    stack: ['L1', 'L0'],
    roles: { L1: 'quiet table', L0: 'shadow' },
    calls: [{ from: 'L1', to: 'L0', word: 'in the shadow again' }],
    says: 'A guest table that has become quiet is taken back into the shadow.'
  })
}
