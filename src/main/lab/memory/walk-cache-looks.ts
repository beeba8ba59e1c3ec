/** The page-walk caches, nested TLBs and gTEA cache of the running CPU. */
import { formatAddress, pagesPerEntry } from '@shared/address/address'
import { LAYER_NAMES } from '@shared/model/environment'
import type { ArrayGeometry } from '@shared/model/hardware-profile'
import type { HardwareEntryLook, HardwareTableLook } from '@shared/model/hardware-look'
import type { WalkCacheEntry } from '../../hardware/pwc/page-walk-cache'
import type { Machine } from '../machine'
import { contextWords, reachText, withFlags } from './hardware-words'

/** In the simulator published with DMT a tag stands for eight table entries. */
const EAGER_ENTRIES = 8

export function pwcLooks(machine: Machine): HardwareTableLook[] {
  const { pwc, eager } = machine.walkCaches
  const isEager = eager.length > 0
  const caches: readonly { entries(): WalkCacheEntry[] }[] = isEager ? eager : pwc
  return caches.flatMap((cache, layer) => levelsOf(machine, layer, cache.entries(), isEager))
}

function levelsOf(
  machine: Machine,
  layer: number,
  entries: readonly WalkCacheEntry[],
  isEager: boolean
): HardwareTableLook[] {
  const { spec, stack } = machine
  const geometry = spec.pwc[layer === stack.layers.length - 1 ? 'guest' : 'host']
  const levels = [2, 3, 4, 5].slice(0, stack.layers[layer].space.table.levels - 1)
  return levels
    .map((level) => ({ level, array: geometry[`level${level as 2 | 3 | 4 | 5}`] }))
    .filter(({ array, level }) => array.entries > 0 && !(isEager && level === 5))
    .map(({ level, array }) => {
      const own = entries.filter((entry) => entry.level === level)
      return levelLook(machine, layer, level, array, own, isEager)
    })
}

function levelLook(
  machine: Machine,
  layer: number,
  level: number,
  { entries: places, ways }: ArrayGeometry,
  entries: readonly WalkCacheEntry[],
  isEager: boolean
): HardwareTableLook {
  const whose = contextWords(machine)
  const pages = pagesPerEntry(level) * (isEager ? EAGER_ENTRIES : 1)
  return {
    id: `pwc-${LAYER_NAMES[layer]}-${level}`,
    kind: 'pwc',
    title: `Page-walk cache of ${LAYER_NAMES[layer]}, level ${level}`,
    layer: LAYER_NAMES[layer],
    sets: places / ways,
    ways,
    replacement: machine.spec.pwc.replacement,
    tagTitle: 'First page',
    valueTitle: isEager ? 'Kept' : `Frame of the level-${level - 1} table, flags`,
    entries: entries.map((entry) => ({ ...walkCacheEntry(entry, isEager, whose), reach: reachText(pages) }))
  }
}

const walkCacheEntry = (
  { set, way, age, page, context, frame, writable, executable }: WalkCacheEntry,
  isEager: boolean,
  whose: (context: number) => string
): Omit<HardwareEntryLook, 'reach'> => {
  const flags = [writable ? 'W' : '', executable ? 'X' : ''].filter((flag) => flag !== '').join(' ')
  const value = isEager ? 'known' : withFlags(formatAddress(frame), flags)
  return { set, way, age, tag: formatAddress(page), context: whose(context), value }
}

export function nestedTlbLooks(machine: Machine): HardwareTableLook[] {
  const { entries: places, ways } = machine.spec.ntlb
  const whose = contextWords(machine)
  return machine.walkCaches.ntlb.flatMap((cache, layer): HardwareTableLook[] => {
    if (cache === null) return []
    return [
      {
        id: `ntlb-${LAYER_NAMES[layer]}`,
        kind: 'nested-tlb',
        title: `Nested TLB for table pages of ${LAYER_NAMES[layer]}`,
        layer: LAYER_NAMES[layer],
        sets: places / ways,
        ways,
        replacement: machine.spec.pwc.replacement,
        tagTitle: 'Guest-physical address',
        valueTitle: 'Machine address',
        entries: cache.entries().map(({ set, way, age, frame, context, machineFrame }) => ({
          set,
          way,
          age,
          tag: formatAddress(frame),
          context: whose(context),
          value: formatAddress(machineFrame),
          reach: reachText(1)
        }))
      }
    ]
  })
}

/** Entries of the gTEA table that walks have read, where they read them. */
export function gteaCacheLooks({ walkCaches, stack, spec }: Machine): HardwareTableLook[] {
  const { gtea } = walkCaches
  if (gtea === null) return []
  const entries = gtea.held().map((id, age): HardwareEntryLook => {
    const entry = stack.gteas.find(id)
    return {
      set: 0,
      way: age,
      age,
      tag: String(id),
      context: entry === null ? 'nobody' : `VM of ${LAYER_NAMES[entry.owner] ?? entry.owner}`,
      value: entry === null ? 'ended' : formatAddress(entry.base),
      reach: reachText(entry?.pages ?? 0)
    }
  })
  return [
    {
      id: 'gtea',
      kind: 'gtea',
      title: 'gTEA cache',
      layer: null,
      sets: 1,
      ways: spec.gtea.cacheEntries,
      replacement: 'lru',
      tagTitle: 'ID',
      valueTitle: 'Machine address of the area',
      entries
    }
  ]
}
