/** The TLB arrays of the running CPU and their entries. */
import { formatAddress } from '@shared/address/address'
import type { ArrayGeometry } from '@shared/model/hardware-profile'
import type { HardwareTableLook } from '@shared/model/hardware-look'
import type { TlbEntry } from '../../hardware/tlb/tlb-array'
import type { Machine } from '../machine'
import { contextWords, metaText, reachText, withFlags } from './hardware-words'

/** One physical array: which entries lie in it. */
interface TlbArrayPlan {
  readonly id: string
  readonly title: string
  readonly geometry: ArrayGeometry
  readonly entries: readonly TlbEntry[]
}

export function tlbLooks(machine: Machine): HardwareTableLook[] {
  const whose = contextWords(machine)
  const { replacement } = machine.spec.tlb
  return arraysOf(machine)
    .filter(({ geometry }) => geometry.entries > 0)
    .map(({ id, title, geometry, entries }) => ({
      id,
      kind: 'tlb',
      title,
      layer: null,
      sets: geometry.entries / geometry.ways,
      ways: geometry.ways,
      replacement,
      tagTitle: 'Page',
      valueTitle: 'Machine address, flags',
      entries: entries.map(({ set, way, age, page, context, frame, meta, pageShift }) => ({
        set,
        way,
        age,
        tag: formatAddress(page),
        context: whose(context),
        value: withFlags(formatAddress(frame), metaText(meta)),
        reach: reachText(2 ** pageShift)
      }))
    }))
}

function arraysOf({ tlb, spec }: Machine): TlbArrayPlan[] {
  const { instruction, data, shared } = tlb.entries()
  return [
    ...firstLevel('instruction', 'Instruction TLB', spec.tlb.instruction, instruction),
    ...firstLevel('data', 'Data TLB', spec.tlb.data, data),
    plan('shared', 'Shared TLB, 4 KiB and 2 MiB', spec.tlb.shared['4K2M'], shared, [0, 9]),
    plan('shared-1G', 'Shared TLB, 1 GiB', spec.tlb.shared['1G'], shared, [18])
  ]
}

function firstLevel(
  id: string,
  title: string,
  geometries: Readonly<Record<'4K' | '2M' | '1G', ArrayGeometry>>,
  entries: readonly TlbEntry[]
): TlbArrayPlan[] {
  return [
    plan(`${id}-4K`, `${title}, 4 KiB`, geometries['4K'], entries, [0]),
    plan(`${id}-2M`, `${title}, 2 MiB`, geometries['2M'], entries, [9]),
    plan(`${id}-1G`, `${title}, 1 GiB`, geometries['1G'], entries, [18])
  ]
}

const plan = (
  id: string,
  title: string,
  geometry: ArrayGeometry,
  all: readonly TlbEntry[],
  shifts: readonly number[]
): TlbArrayPlan => ({
  id,
  title,
  geometry,
  entries: all.filter(({ pageShift }) => shifts.includes(pageShift))
})
