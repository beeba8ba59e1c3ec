// Redundant memory mappings, ISCA 2015 (Karakostas et al.): ranges of any length beside the pages of radix.
import { ENVIRONMENTS } from '@shared/model/environment'
import { CachedRanges, NO_RANGES, WholeTable, type RangeSource } from '../hardware/ranges/range-source'
import { lookingCaches } from '../hardware/prefetch/looking-caches'
import { RangeStage, type TableLook } from '../hardware/ranges/range-stage'
import { RangeTlb } from '../hardware/ranges/range-tlb'
import { RangeWalker } from '../hardware/ranges/range-walker'
import { FreePort, TimedPort } from '../hardware/walker/entry-port'
import type { Stage } from '../hardware/walker/stage'
import { Walk } from '../hardware/walker/walk'
import { RangeTable } from '../software/ranges/range-table'
import type { HardwareParts, TranslationDesign } from './design'
import { radix } from './radix'
import { ept02Plan, radixDown, radixStage, shadowStage, wholeStack } from './stages'

export const rmm: TranslationDesign = {
  info: {
    id: 'rmm',
    title: 'RMM',
    summary:
      'Ranges of pages that are contiguous in both spaces are kept beside the page table and translated whole.',
    paper:
      'Redundant Memory Mappings for Fast Access to Large Memories, ISCA 2015, DOI 10.1145/2749469.2749471',
    environments: ENVIRONMENTS,
    refusal: null,
    hasRegisters: false,
    story: {
      how: 'Beside its page table each layer keeps a range table: the longest runs of pages that follow each other in both spaces, with equal permissions, found as pages are mapped. When the first page of a stretch is touched the kernel maps as much of it at once as contiguous frames are free for, so that ranges are long. Hardware keeps a few ranges of each layer in a range TLB, which it asks together with the second-level TLB: a page in one of them needs no walk, its frame is a sum. In a guest the range of the guest and the range of the host are added; where one of them is missing that layer alone is walked.',
      otherwise:
        'A page in no range, or in one that the range TLB does not hold, is walked as radix; behind the walk the range table is read to fill the range TLB. Where memory is fragmented ranges are short, those too short are in no table, and what remains is radix.',
      notes: [
        'A range is used from its range-TLB entry at no cost: it is looked up in parallel with the second-level TLB (abstract of the paper; the entry count by citing work).',
        'The range table is a B-tree of nodes of 4 KiB, 170 ranges each: assumed. Reads of it, and of the host’s tables on the way to it, go through the caches but are not part of a walk; they are counted apart.',
        'Pages of a range have one page size, so that a TLB entry has the size of the leaf: assumed.',
        'Eager allocation takes free frames as they are, never more than half of them, and moves nothing: assumed. Areas that are smaller than a page of the policy get ordinary pages.',
        'A range holds no A and D bits: a store that it answers sets those of the leaf, at no cost like any assist.',
        'No ranges are kept for EPT02: nested, L2’s, L1’s and L0’s ranges are used one after the other, else EPT02 is walked for the lower two: assumed.',
        'Every miss reads the range table; a hint in page-table entries that spares reads in vain is not modelled.'
      ]
    }
  },
  modes: radix.modes,
  shadow: ept02Plan,
  stage: (parts) => (parts.port instanceof TimedPort ? ranged(parts, parts.port) : radix.stage(parts)),
  support: ({ spec, layer, isShadow }) => (isShadow ? null : new RangeTable(layer, spec.rmm)),
  isEager: true,
  cache: ({ rmm: { range, entries } }) => (range === 'lookup' ? new RangeTlb(entries) : null)
}

/** Walkers beside the walk: at no cost, and through the caches but outside the walk. */
interface Beside {
  readonly free: HardwareParts
  readonly aside: HardwareParts
}

function ranged(parts: HardwareParts, port: TimedPort): Stage {
  const { stack, walkCaches } = parts
  const free = new FreePort(stack.memory, port.mayMark)
  const untimed = { walkCaches: null, walksKnownPaths: false }
  const asideWalk = new Walk()
  const beside: Beside = {
    free: { ...parts, ...untimed, walk: new Walk(), port: free },
    aside: {
      ...parts,
      walk: asideWalk,
      port: port.aside(asideWalk),
      walkCaches: walkCaches && lookingCaches(walkCaches),
      walksKnownPaths: false
    }
  }
  const over = (k: number, below: Stage | null, walker: Stage | null): Stage =>
    new RangeStage({
      layer: k,
      ranges: rangesOf(parts, beside, k),
      walk: parts.walk,
      below,
      walker,
      look: lookAt(beside.free, k)
    })
  const byTables = (k: number, below: Stage | null): Stage => over(k, below, radixStage(parts, k, below))
  if (!stack.shadow) return wholeStack(parts, byTables)
  const lower = over(1, over(0, null, null), shadowStage(parts))
  return byTables(2, lower)
}

/** The tables of the layers from k down. */
function lookAt(parts: HardwareParts, k: number): TableLook {
  return { stage: radixDown(parts, k) as Stage, walk: parts.walk }
}

function rangesOf(parts: HardwareParts, beside: Beside, k: number): RangeSource {
  const { spec, states, stack, walkCaches, ledger } = parts
  const walkerBy = (by: HardwareParts): RangeWalker =>
    new RangeWalker({
      layer: k,
      state: states[k],
      memory: stack.memory,
      port: by.port,
      walk: by.walk,
      below: radixDown(by, k - 1)
    })
  if (spec.rmm.range === 'hit') return new WholeTable(walkerBy(beside.free), ledger)
  const tlb = walkCaches?.own[k] ?? null
  if (!(tlb instanceof RangeTlb)) return NO_RANGES
  return new CachedRanges(tlb, states[k], walkerBy(beside.aside), beside.aside.walk, ledger)
}
