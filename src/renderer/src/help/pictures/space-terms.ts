/** Pictures of terms about layers, addresses and tables. */
import { bitFields, layerStack } from './draw-machine'
import { frameRows, turn } from './draw-memory'
import { walkTree } from './draw-walk'
import { partsBar } from './draw-numbers'
import type { TermPicture } from './shapes'
import { HUGE_ROOT, SHADOW_WALK } from './walks-of'

const ADDRESS = (lit: number, foot: string, says: string): TermPicture =>
  bitFields({
    fields: ['level 4', 'level 3', 'level 2', 'level 1']
      .map((word, i) => ({ word, bits: 9, isLit: i === lit }))
      .concat({ word: 'offset', bits: 12, isLit: lit === 4 }),
    foot,
    says
  })

const translates = (from: string, to: string, says: string): TermPicture =>
  layerStack({
    stack: ['L1', 'L0', 'HW'],
    roles: { L1: from, L0: to, HW: 'machine' },
    calls: [
      { from: 'L1', to: 'L0', word: 'the guest’s table' },
      { from: 'L0', to: 'HW', word: 'the host’s table' }
    ],
    says
  })

const EPT = (says: string, word: string): TermPicture =>
  layerStack({
    stack: ['L2', 'L1', 'L0', 'HW'],
    calls: [
      { from: 'L2', to: 'L1', word: 'EPT12' },
      { from: 'L1', to: 'L0', word: 'EPT01' },
      { from: 'L2', to: 'L0', word }
    ],
    says
  })

export const SPACE_TERMS: Record<string, TermPicture> = {
  layer: layerStack({
    stack: ['L2', 'L1', 'L0', 'HW'],
    roles: { L1: 'guest hypervisor', L0: 'host hypervisor' },
    says: 'Three layers over the hardware: L2 on top, then L1, then L0.'
  }),
  environment: layerStack({
    stack: ['L1', 'L0', 'HW'],
    roles: { L1: 'guest OS', L0: 'host hypervisor' },
    says: 'Virtualized: a guest OS over a host hypervisor over the hardware.'
  }),
  depth: layerStack({
    stack: ['L2', 'L1', 'L0'],
    roles: { L2: 'depth 3', L1: 'depth 2', L0: 'depth 1' },
    says: 'Layers counted from the machine: one, two, three.'
  }),
  page: walkTree({
    lit: -1,
    says: 'A walk ends at a page of 4 KiB.',
    foot: '4 KiB of the space that is translated'
  }),
  frame: frameRows({
    rows: ['d.ddt.d...', 'd.d...d.dd'],
    run: { row: 0, from: 4, count: 1, word: 'a frame: 4 KiB of physical space' },
    says: 'Physical memory as cells; one of them, a frame, is marked.'
  }),
  'machine-frame': layerStack({
    stack: ['L1', 'L0', 'HW'],
    roles: { L1: 'frame of L1', L0: 'page to L0', HW: 'machine frame' },
    calls: [{ from: 'L0', to: 'HW', word: 'what caches address' }],
    says: 'What L1 calls a frame is a page to L0; L0’s frame is the machine’s.'
  }),
  offset: ADDRESS(
    4,
    'the same on both sides',
    'An address as fields of bits; the low twelve, the offset, are marked.'
  ),
  'va-pa': walkTree({
    levels: ['VA', 'tables', 'PA'],
    says: 'A virtual address goes through tables to a physical one.',
    page: 'data'
  }),
  'gva-gpa-hpa': translates(
    'gVA to gPA',
    'gPA to hPA',
    'A guest virtual address becomes a guest physical one, and that a host physical one.'
  ),
  'guest-host': translates('guest', 'host', 'The upper layer is the guest, the lower one the host.'),
  'radix-table': walkTree({
    says: 'Four tables, an entry of each leading to the next, the last to the page.',
    foot: '512 entries in each table page'
  }),
  level: walkTree({
    lit: 3,
    says: 'Four levels; the last, level 1, is marked.',
    foot: 'counted from the leaf'
  }),
  'pte-pmd-pud-p4d-pgd': walkTree({
    levels: ['PGD', 'PUD', 'PMD', 'PTE'],
    says: 'The Linux names of four levels: PGD, PUD, PMD, PTE.'
  }),
  'leaf-entry': walkTree({
    lit: 3,
    says: 'The last entry of a walk, which maps the page, is marked.',
    foot: 'the entry that maps the page'
  }),
  flags: bitFields({
    fields: [
      { word: 'XD', bits: 1, isLit: true },
      { word: 'frame', bits: 8 },
      { word: 'G', bits: 1, isLit: true },
      { word: 'PS', bits: 1, isLit: true },
      { word: 'D', bits: 1, isLit: true },
      { word: 'A', bits: 1, isLit: true },
      { word: 'U', bits: 1, isLit: true },
      { word: 'W', bits: 1, isLit: true },
      { word: 'P', bits: 1, isLit: true }
    ],
    foot: 'not to scale: the frame has 40 bits',
    says: 'An entry as fields: no-execute, frame, global, page size, dirty, accessed, user, writable, present.'
  }),
  cr3: walkTree({
    levels: ['CR3', 'level 4', 'level 3', 'level 2'],
    lit: 0,
    says: 'CR3 leads to the root of the tables.',
    foot: 'the root of the table in use'
  }),
  ept: translates('guest physical', 'EPT', 'The host’s table leads from guest physical to machine memory.'),
  'ept01-ept12-ept02': EPT(
    'L1’s table for L2 is EPT12, L0’s for L1 is EPT01, and L0’s shadow of both is EPT02.',
    'EPT02'
  ),
  'shadow-ept': EPT(
    'L0 makes one table of two: it leads from L2’s memory straight to the machine.',
    'EPT02, the shadow'
  ),
  'shadow-table': SHADOW_WALK,
  'in-step': turn({
    before: ['ttt.....', 'TT......'],
    after: ['ttt.....', 'TTT.....'],
    words: ['one behind', 'in step'],
    says: 'Guest entries above, shadow entries below: first one is missing, then both rows are equal.'
  }),
  'invlpg-invept': layerStack({
    stack: ['L1', 'L0', 'HW'],
    calls: [
      { from: 'L1', to: 'HW', word: 'INVLPG' },
      { from: 'L0', to: 'HW', word: 'INVEPT' }
    ],
    says: 'Guest and hypervisor tell the hardware that an entry has changed.'
  }),
  node: turn({
    before: ['t..t..t.'],
    after: ['TTTTTTTT'],
    words: ['two levels', 'one node'],
    says: 'Table pages of two levels become one run of adjacent frames.'
  }),
  segment: HUGE_ROOT,
  'page-size': partsBar({
    parts: [
      { word: '4 KiB', share: 1, fill: 'cy-soft' },
      { word: '2 MiB', share: 3, fill: 'cy-data' },
      { word: '1 GiB', share: 7, fill: 'cy-instr' }
    ],
    whole: 'not to scale: each is 512 of the one before',
    says: 'Three page sizes as bars of growing length: 4 KiB, 2 MiB, 1 GiB.'
  }),
  'page-policy': walkTree({
    leafAt: 2,
    page: '2 MiB',
    says: 'With 2 MiB pages the walk ends one level earlier.',
    foot: 'a larger page ends the walk earlier'
  }),
  thp: turn({
    before: ['d.d.dd.d'],
    after: ['dddddddd'],
    words: ['small pages', 'one huge page'],
    says: 'Where an area and free memory allow it, a run of frames serves one huge page.'
  }),
  index: ADDRESS(
    3,
    'nine bits: 0 to 511',
    'An address as fields of bits; the nine bits that choose an entry of level 1 are marked.'
  )
}
