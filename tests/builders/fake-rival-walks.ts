/** Walks of designs whose steps are no radix reads, written by hand: probes, nodes, prefetches. */
import type { LayerName } from '@shared/model/environment'
import type { WalkMeans, WalkRecord, WalkStep } from '@shared/model/walk-record'

const MEMORY_CYCLES = 200

interface Read {
  readonly layer: LayerName
  readonly level: number
  readonly by: WalkMeans
  readonly for?: string
}

const read = (layer: LayerName, level: number, by: WalkMeans, served = 'data'): Read => ({
  layer,
  level,
  by,
  for: served
})

/** @param slots reads that are made at once, one slot after another, all from memory */
function walkOf(slots: readonly (readonly Read[])[]): WalkRecord {
  const reads = slots.flatMap((slot, i) => slot.map((one) => ({ one, slot: i + 1 })))
  const steps = reads.map(({ one, slot }, i): WalkStep => {
    const index = (37 * (i + 1)) % 512
    return {
      n: i + 1,
      layer: one.layer,
      level: one.level,
      for: one.for ?? 'data',
      by: one.by,
      index,
      address: '0x' + (0x1000 * (i + 1) + 8 * index).toString(16),
      tableAddress: '0x' + (0x1000 * (i + 1)).toString(16),
      entry: '0000000000abc067',
      hit: 'MEMORY',
      cycles: MEMORY_CYCLES,
      cyclesSoFar: slot * MEMORY_CYCLES,
      wasted: false,
      notPresent: false
    }
  })
  return {
    walk: 1,
    reference: 1,
    address: '0x7f1256789abc',
    access: 'load',
    outcome: 'translated',
    references: steps.length,
    criticalReferences: slots.length,
    wastedReferences: 0,
    cycles: slots.length * MEMORY_CYCLES,
    steps,
    registers: [],
    physicalAddress: '0xabcabc',
    pageSize: '4K',
    faultLayer: null
  }
}

const times = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one)

/** Cuckoo tables in two dimensions: the guest's ways located, probed, and the page located. */
export const ecpt = (): WalkRecord =>
  walkOf([
    times(3, read('L0', 1, 'hash', 'L1 level 1')),
    times(2, read('L1', 1, 'hash')),
    times(3, read('L0', 1, 'hash'))
  ])

/** Flattened tables in two dimensions: levels 4 and 3, and 2 and 1, are one node each. */
export const fpt = (): WalkRecord =>
  walkOf([
    [read('L0', 3, 'node', 'L1 level 3')],
    [read('L0', 1, 'node', 'L1 level 3')],
    [read('L1', 3, 'node')],
    [read('L0', 3, 'node', 'L1 level 1')],
    [read('L0', 1, 'node', 'L1 level 1')],
    [read('L1', 1, 'node')],
    [read('L0', 3, 'node')],
    [read('L0', 1, 'node')]
  ])

/** The two lowest levels prefetched while the upper ones are read. */
export const asap = (): WalkRecord =>
  walkOf([
    [read('L0', 2, 'prefetch'), read('L0', 1, 'prefetch'), read('L0', 4, 'radix')],
    [read('L0', 3, 'radix')]
  ])
