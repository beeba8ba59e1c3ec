// Flattened page tables: two levels of a table in one node of 2 MiB, so that a walk is half as long in each layer.
import { ENVIRONMENTS } from '@shared/model/environment'
import { FoldedStage } from '../hardware/folded/folded-stage'
import type { Stage } from '../hardware/walker/stage'
import type { TranslationState } from '../hardware/walker/translation-state'
import { FoldedTable } from '../software/folded/folded-table'
import type { HardwareParts, TranslationDesign } from './design'
import { radix } from './radix'
import { ept02Plan, isWalked, ownTable, radixParts, shadowAt, wholeStack, type WalkedTable } from './stages'

function foldedOf({ own }: TranslationState): FoldedTable {
  if (!(own instanceof FoldedTable)) throw new Error('fpt: the table that is loaded has no flattened form')
  return own
}

const foldedStage = (parts: HardwareParts, table: WalkedTable): Stage =>
  new FoldedStage({ ...radixParts(parts, table), loaded: () => foldedOf(table.state) })

const layerStage = (parts: HardwareParts, k: number, below: Stage | null): Stage =>
  foldedStage(parts, ownTable(parts, k, below))

/** L2's table over EPT02. */
const overShadow = (parts: HardwareParts): Stage =>
  layerStage(parts, 2, foldedStage(parts, shadowAt(parts, 0)))

export const fpt: TranslationDesign = {
  info: {
    id: 'fpt',
    title: 'FPT',
    summary:
      'Flattened page tables: two levels become one node of 2 MiB, so a walk reads half as many entries in each layer, where memory has such contiguity.',
    paper: 'Every Walk’s a Hit, ASPLOS 2022, DOI 10.1145/3503222.3507718',
    environments: ENVIRONMENTS,
    refusal: null,
    hasRegisters: false,
    story: {
      how: 'Each layer keeps its leaves in a tree whose nodes are 2 MiB of adjacent frames and stand for two levels: 512 x 512 entries, found by 18 bits of the address at once. With levels 4 and 3 in one node and 2 and 1 in another, a native walk reads 2 entries. In a guest only the 4 KiB of a node that hold the entry must be found in the host, whose table is flattened too: 2 x 3 + 2 = 8 reads. In a guest within a guest L0 keeps EPT02 flattened as well, and it is 8 again. A bit in each entry says whether a node or an ordinary table follows.',
      otherwise:
        'Where no 2 MiB of frames are free when a node is made, compaction tried, it stays two levels of 4 KiB tables, and walks through it read one entry more. So it does where a 2 MiB page lies below a node of levels 2 and 1.',
      notes: [
        'Foldings, the order of a node’s frames and the bit of an entry that names one (58): xlab-uiuc/emt. There the root’s bit is 63 of CR3; here it is kept beside the root.',
        'A huge page under a folded node: the node is unfolded, not the page written into 512 entries; the paper discusses both. The node’s frames become its tables as they are, so nothing is copied. Nodes are not folded again: assumed.',
        'A node is zeroed, and so backed by the layers below, as a whole when it is made: assumed, as kernels zero table pages.',
        'Walk caches keep the node that an entry names: natively its machine frame, in a guest the guest’s own frame number, whose page the nested TLB or the host’s walk then finds. Assumed: the sources do not say.',
        'Left out: a cache replacement that protects lines of page tables while TLB misses are frequent.',
        'The kernel’s ordinary table is kept as its index; no walk reads it. Result files count it under pageTableBytes, nodes and their tables under designBytes.',
        'Under the profile artifact its walks read entry by entry, with walk caches of the lab’s own kind: that simulator knows no nodes.'
      ]
    }
  },
  modes: radix.modes,
  shadow: ept02Plan,
  support: (scene) => (isWalked(scene) ? new FoldedTable(scene) : null),
  // Every leaf a second time.
  besideLeafTable: 1,
  stage: (parts) =>
    parts.shadowState ? overShadow(parts) : wholeStack(parts, (k, below) => layerStage(parts, k, below))
}
