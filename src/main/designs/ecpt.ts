// Elastic Cuckoo Page Tables, ASPLOS 2020 (Skarlatos et al.), and their nested form, ASPLOS 2022 (Stojkovic et al.).
import { ENVIRONMENTS } from '@shared/model/environment'
import { CuckooStage } from '../hardware/cuckoo/cuckoo-stage'
import type { CuckooTables } from '../hardware/cuckoo/cuckoo-tables'
import { CuckooWalkCache } from '../hardware/cuckoo/cuckoo-walk-cache'
import type { Stage } from '../hardware/walker/stage'
import type { TranslationState } from '../hardware/walker/translation-state'
import { EcptTable } from '../software/cuckoo/ecpt-table'
import type { HardwareParts, TranslationDesign } from './design'
import { radix } from './radix'
import {
  ept02Plan,
  isWalked,
  ownTable,
  radixStage,
  shadowAt,
  shadowStage,
  wholeStack,
  type WalkedTable
} from './stages'

/** @param fallback walks the radix index for lines without a place */
function cuckooStage(parts: HardwareParts, table: WalkedTable, fallback: Stage): Stage {
  const { spec, walk, port, ledger, stack } = parts
  const { knowledge, waitsForTables, hashCycles, cacheCycles } = spec.ecpt
  const own = parts.walkCaches?.own[table.layer] ?? null
  return new CuckooStage({
    ...table,
    fallback,
    ...{ walk, port, ledger, knowledge, waitsForTables, hashCycles, cacheCycles },
    memory: stack.memory,
    tables: () => tablesOf(table.state),
    cache: own instanceof CuckooWalkCache ? own : null
  })
}

function tablesOf({ own }: TranslationState): CuckooTables {
  if (own instanceof EcptTable) return own
  throw new Error('ecpt: what is loaded are no cuckoo page tables')
}

/** The walker of layer k over the stage below. */
const layerStage = (parts: HardwareParts, k: number, below: Stage | null): Stage =>
  cuckooStage(parts, ownTable(parts, k, below), radixStage(parts, k, below))

const overShadow = (parts: HardwareParts): Stage =>
  layerStage(parts, 2, cuckooStage(parts, shadowAt(parts, 0), shadowStage(parts)))

export const ecpt: TranslationDesign = {
  info: {
    id: 'ecpt',
    title: 'ECPT',
    summary:
      'Page tables are hash tables, one for each page size; all places that an entry may be in are read at once, so a walk is one step for each layer and no more than three in a guest.',
    paper:
      'Elastic Cuckoo Page Tables, ASPLOS 2020, DOI 10.1145/3373376.3378493; Parallel Virtualized Memory Translation with Nested Elastic Cuckoo Page Tables, ASPLOS 2022, DOI 10.1145/3503222.3507720',
    environments: ENVIRONMENTS,
    refusal: null,
    hasRegisters: false,
    lacks: { pageSizes: ['1G'], why: 'the published kernel gives their table no ways' },
    story: {
      how: 'The kernel keeps a cuckoo hash table of three ways for 4 KiB pages and one for 2 MiB pages. A line of a way holds eight consecutive entries, so a page’s entry can be in three lines of each table. Walk tables say of each region of 2 MiB and of 1 GiB which page sizes it has and in which way its huge page is; two small caches keep what they say. A walk reads all lines that are left in question side by side: 1 where the way is known, 3 where the size is, else 6, in one step. In a guest each of these lines is found the same way first, and the page afterwards: 3, 15 or 48 reads in 3 steps. In a guest within a guest EPT02 is a cuckoo table too.',
      otherwise:
        'Each way wants adjacent frames. Where they are not free a new table starts smaller and a growing one grows less or not at all; lines that find no place then are walked as radix, with the probes that found nothing on top.',
      notes: [
        'Three ways, 16384 lines each, threshold 0.6, growth by 4 with 16 lines moved at an insertion, tags in spare bits of entries, no table for 1 GiB pages: xlab-uiuc/emt-linux, ECPT_defs.h. Tags take 6 bits of each entry, for 57-bit addresses.',
        'The walk goes on when all lines that were asked for have been read: assumed; with early return hardware could go on at the right one.',
        'Walk tables are cuckoo tables of two ways, of 64 lines each at first, at most 0.4 full: assumed. Their reads count as references, off the critical path unless ecpt.waitsForTables; of a GiB without huge pages the table of 2 MiB regions is not read: assumed. An entry of a cache keeps a whole line, the hints of eight regions: assumed.',
        'A hint that is out of date costs a second step that reads the other lines: assumed. A cached hint goes with the translations of its process.',
        'At most 32 lines are pushed for one insertion; growth stays ahead by moving everything at once where that fails; no page is moved to make frames adjacent; tables never shrink: assumed.',
        'The kernel keeps its radix table as an index of what it maps. Walks read it only for lines without a place; A and D bits are set in both.'
      ]
    }
  },
  modes: radix.modes,
  shadow: ept02Plan,
  stage: (parts) =>
    parts.stack.shadow ? overShadow(parts) : wholeStack(parts, (k, below) => layerStage(parts, k, below)),
  support: (scene) => (isWalked(scene) ? new EcptTable(scene.layer, scene.spec.ecpt) : null),
  // Old ways full to the threshold and the larger ones beside them: (1 + 4) / 0.6 frames for 512 entries.
  besideLeafTable: 9,
  cache: ({ ecpt: { knowledge, cache2M, cache1G } }) =>
    knowledge === 'walk-caches' ? new CuckooWalkCache(cache2M, cache1G) : null
}
