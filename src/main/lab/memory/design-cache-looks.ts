/** Caches of translations that only some designs have. */
import { formatAddress } from '@shared/address/address'
import { ANY_WAY, HINT_2M, HINT_4K, hintedWay } from '@shared/arch/cuckoo-hint'
import { LAYER_NAMES } from '@shared/model/environment'
import type { HardwareTableLook } from '@shared/model/hardware-look'
import {
  CuckooWalkCache,
  GIANT_SHIFT,
  REGION_SHIFT,
  type HintEntry
} from '../../hardware/cuckoo/cuckoo-walk-cache'
import { RangeTlb } from '../../hardware/ranges/range-tlb'
import type { Machine } from '../machine'
import { contextWords, reachText } from './hardware-words'

type Words = (context: number) => string

export function designCacheLooks(machine: Machine): HardwareTableLook[] {
  const whose = contextWords(machine)
  return machine.walkCaches.own.flatMap((cache, layer) => {
    if (cache instanceof RangeTlb) return [rangeTlbLook(cache, layer, whose)]
    if (cache instanceof CuckooWalkCache) return hintLooks(machine, cache, layer, whose)
    return []
  })
}

function rangeTlbLook(cache: RangeTlb, layer: number, whose: Words): HardwareTableLook {
  return {
    id: `ranges-${LAYER_NAMES[layer]}`,
    kind: 'other',
    title: `Range TLB of ${LAYER_NAMES[layer]}`,
    layer: LAYER_NAMES[layer],
    sets: 1,
    ways: cache.count,
    replacement: 'lru',
    tagTitle: 'First page',
    valueTitle: 'First frame',
    entries: cache.placed().map(({ slot, age, start, end, frame, context }) => ({
      set: 0,
      way: slot,
      age,
      tag: formatAddress(start),
      context: whose(context),
      value: formatAddress(frame),
      reach: reachText(end - start)
    }))
  }
}

function hintLooks(
  { spec }: Machine,
  cache: CuckooWalkCache,
  layer: number,
  whose: Words
): HardwareTableLook[] {
  const name = LAYER_NAMES[layer]
  const kinds = [
    { id: 'regions', unit: '2 MiB', held: cache.regions, ways: spec.ecpt.cache2M, shift: REGION_SHIFT },
    { id: 'giants', unit: '1 GiB', held: cache.giants, ways: spec.ecpt.cache1G, shift: GIANT_SHIFT }
  ]
  return kinds
    .filter(({ held }) => !held.isAbsent)
    .map(({ id, unit, held, ways, shift }) => ({
      id: `cuckoo-${id}-${name}`,
      kind: 'other',
      title: `Cuckoo walk cache of ${name}, regions of ${unit}`,
      layer: name,
      sets: 1,
      ways,
      replacement: 'lru',
      tagTitle: 'First page',
      valueTitle: 'Page sizes of each region',
      entries: held.entries().map((entry) => ({
        set: 0,
        way: entry.way,
        age: entry.age,
        tag: formatAddress(entry.page),
        context: whose(entry.context),
        value: hintsText(entry),
        reach: reachText(entry.hints.length * 2 ** shift)
      }))
    }))
}

const hintsText = ({ hints }: HintEntry): string => hints.map(hintText).join(', ')

/** "4K", "2M in way 1", "4K+2M", or a dash where nothing is known. */
function hintText(hint: number): string {
  const way = hintedWay(hint)
  const huge = (hint & HINT_2M) === 0 ? '' : way === ANY_WAY ? '2M' : `2M in way ${way + 1}`
  return [(hint & HINT_4K) === 0 ? '' : '4K', huge].filter((size) => size !== '').join(' + ') || '–'
}
