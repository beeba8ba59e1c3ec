/** Pictures of counters about system software: faults, exits, calls between layers, and what happens to memory. */
import { layerStack, type LayerKey } from './draw-machine'
import { frameRows, turn } from './draw-memory'
import type { TermPicture } from './shapes'
import { FAULT, HOST_FAULT } from './walks-of'

const VIRTUALIZED: readonly LayerKey[] = ['L1', 'L0', 'HW']
const NESTED: readonly LayerKey[] = ['L2', 'L1', 'L0', 'HW']

const call = (
  from: LayerKey,
  to: LayerKey,
  word: string,
  says: string,
  back?: string,
  stack = VIRTUALIZED
): TermPicture =>
  layerStack({
    stack,
    calls: [{ from, to, word }, ...(back ? [{ from: to, to: from, word: back }] : [])],
    says
  })

export const SOFTWARE_COUNTERS: Record<string, TermPicture> = {
  pageFaults: FAULT,
  eptViolations: HOST_FAULT,
  nestedEptViolations: layerStack({
    stack: NESTED,
    calls: [
      { from: 'L2', to: 'L0', word: 'EPT violation' },
      { from: 'L0', to: 'L1', word: 'handed to L1' }
    ],
    says: 'L2 exits to L0 with an EPT violation, and L0 hands it to L1, the guest hypervisor.'
  }),
  eptRefusals: layerStack({
    stack: VIRTUALIZED,
    calls: [{ from: 'L1', to: 'L0', word: 'outside its memory', isRefused: true }],
    says: 'L1 touches a page outside its memory; L0 refuses.'
  }),
  vmExits: call('L1', 'L0', 'VM exit', 'An arrow goes from the guest L1 to the host L0 and back.', 'resume'),
  hypercallExits: call('L1', 'L0', 'hypercall', 'The guest calls the host: one exit.', 'answer'),
  eptViolationExits: call(
    'L1',
    'L0',
    'EPT violation',
    'A missing host entry makes the guest exit.',
    'mapped'
  ),
  resumeExits: call(
    'L1',
    'L0',
    'run L2 again',
    'The guest hypervisor asks L0 to resume its guest.',
    '',
    NESTED
  ),
  vmcsExits: call(
    'L1',
    'L0',
    'VMREAD, VMWRITE',
    'The guest hypervisor’s access to a VMCS exits to L0.',
    '',
    NESTED
  ),
  reflectedExits: layerStack({
    stack: NESTED,
    calls: [
      { from: 'L2', to: 'L0', word: 'exit of L2' },
      { from: 'L0', to: 'L1', word: 'reflected' }
    ],
    says: 'An exit of L2 arrives at L0, which hands it to L1.'
  }),
  hypercalls: call('L1', 'L0', 'request', 'A guest asks the layer below and gets an answer.', 'answer'),
  hypercallsL1: call(
    'L1',
    'L0',
    'request of L1',
    'L1 asks L0 for something; what L2 asks for in the end is among these.',
    '',
    NESTED
  ),
  hypercallsL2: call('L2', 'L1', 'request of L2', 'L2 asks L1, its hypervisor.', '', NESTED),
  hypercallsDenied: layerStack({
    stack: VIRTUALIZED,
    calls: [{ from: 'L1', to: 'L0', word: 'frames in a row?', isRefused: true }],
    says: 'L1 asks for contiguous frames; L0 denies it, and the arrow ends in a cross.'
  }),
  gteaViolations: layerStack({
    stack: VIRTUALIZED,
    roles: { HW: 'gTEA check' },
    calls: [{ from: 'L1', to: 'HW', word: 'names another’s gTEA', isRefused: true }],
    says: 'A guest names a gTEA of another; the check in hardware refuses.'
  }),
  gteaFaults: layerStack({
    stack: VIRTUALIZED,
    roles: { HW: 'gTEA check' },
    calls: [{ from: 'HW', to: 'L1', word: 'general-protection fault' }],
    says: 'A refused check raises a fault in the guest.'
  }),
  gteaReclaims: turn({
    before: ['ggggg.dd'],
    after: ['.....tdd'],
    words: ['granted', 'taken back'],
    says: 'Five granted frames become free again; the table goes to an ordinary frame.'
  }),
  gteaMoves: turn({
    before: ['gggg.dd.', '........'],
    after: ['.....dd.', '..gggg..'],
    words: ['granted here', 'exchanged'],
    says: 'A grant of four frames lies in other machine frames afterwards.'
  }),
  balloonPages: turn({
    before: ['dddddd..'],
    after: ['ddddhh..'],
    words: ['the guest’s', 'given to L0'],
    says: 'Two frames of the guest belong to the host afterwards.'
  }),
  balloonRefusals: layerStack({
    stack: VIRTUALIZED,
    calls: [{ from: 'L0', to: 'L1', word: 'give up a page', isRefused: true }],
    says: 'The host asks for a page that the guest cannot give up.'
  }),
  liveMigrations: turn({
    before: ['dTTd....', 'ddd.....'],
    after: ['....dTTd', '....ddd.'],
    words: ['before', 'moved while running'],
    says: 'All frames of a VM lie in other machine frames afterwards.'
  }),
  migrationRounds: turn({
    before: ['dddddddd'],
    after: ['dd......', 'd.......'],
    words: ['round 1', 'rounds 2 and 3'],
    says: 'The first round copies all pages, later ones the pages written since.'
  }),
  migrationPages: frameRows({
    rows: ['dddddddd............', 'dd..................', 'd...................'],
    run: { row: 0, from: 0, count: 8, word: 'copied in all rounds' },
    says: 'Pages copied in three rounds, ever fewer.'
  }),
  downtimePages: frameRows({
    rows: ['dddddddd............', 'dd..................', 'd...................'],
    run: { row: 2, from: 0, count: 1, word: 'copied while the guest stands still' },
    says: 'Of three rounds the last one is marked: its pages are copied while the guest stands still.'
  }),
  shootdowns: layerStack({
    stack: VIRTUALIZED,
    roles: { HW: 'TLBs of all CPUs' },
    calls: [
      { from: 'L1', to: 'HW', word: 'forget this page' },
      { from: 'L0', to: 'HW', word: 'and this one' }
    ],
    says: 'A layer tells the TLBs of every CPU to forget a translation.'
  }),
  systemCalls: call('L1', 'L1', 'mmap, fork, …', 'A process asks its operating system.', ''),
  contextSwitches: turn({
    before: ['dddd....'],
    after: ['....tttt'],
    words: ['process 1 runs', 'process 2 runs'],
    says: 'A CPU runs one process, then another with other tables.'
  }),
  copyOnWrites: turn({
    before: ['d.......'],
    after: ['dd......'],
    words: ['shared by two', 'one wrote: a copy'],
    says: 'One frame is shared by two processes; after a write there are two.'
  }),
  hugePromotions: turn({
    before: ['d.d.dd.d', '........'],
    after: ['........', 'dddddddd'],
    words: ['512 pages', 'one huge page'],
    says: 'Scattered small pages become one run of frames.'
  }),
  hugeSplits: turn({
    before: ['dddddddd'],
    after: ['dddddddd', 't.......'],
    words: ['one huge page', '512 entries'],
    says: 'A huge page becomes small pages, with a table page for their entries.'
  }),
  pagesUnmapped: turn({
    before: ['dddddd..'],
    after: ['dd......'],
    words: ['mapped', 'unmapped'],
    says: 'Four of six frames are free after their pages were unmapped.'
  }),
  framesMigrated: turn({
    before: ['d..d.d..'],
    after: ['TTTTTddd'],
    words: ['in the way', 'moved away'],
    says: 'Data frames move to the end, so that an entry area finds frames in a row.'
  }),
  pagesCopied: turn({
    before: ['t..t.t..'],
    after: ['TTT.....'],
    words: ['table pages', 'copied into a row'],
    says: 'Three scattered table pages are copied to frames in a row.'
  }),
  entriesRepointed: layerStack({
    stack: ['L1', 'L0'],
    roles: { L1: 'level 2 entry', L0: 'moved table page' },
    calls: [{ from: 'L1', to: 'L0', word: 'points here now' }],
    says: 'An entry of level 2 is made to point at the moved table page.'
  }),
  eagerPages: turn({
    before: ['dd......'],
    after: ['dddddddd'],
    words: ['touched', 'mapped'],
    says: 'Two pages are touched, eight are mapped, so that the range is long.'
  })
}
