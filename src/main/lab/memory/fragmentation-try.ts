/**
 * What a fragmentation leaves of coverage, tried on a small machine of its own: memory is fragmented as that of a run is,
 * then one page of each 2 MiB of one large area is touched, so that TEAs are made, split and refused as in a run. Data
 * pages are not mapped, and nothing is moved to make room: fast enough to follow a slider.
 */
import { PAGE_BYTES, page, pagesPerEntry } from '@shared/address/address'
import { DEPTH, LAYER_NAMES } from '@shared/model/environment'
import type { FragmentationTry } from '@shared/model/fragmentation-try'
import type { LabSpec } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { designOf } from '../../designs'
import type { Layer } from '../../software/layer'
import type { AddressSpace } from '../../software/space/address-space'
import type { Vma } from '../../software/space/vma-list'
import { GETS_NONE } from '../../software/tea/tea-policy'
import { LEAF_LEVEL } from '@shared/arch/page-size'
import { namedCounters } from '@shared/stats/counters'
import { Machine } from '../machine'
import { areasOf } from './area-looks'
import { freeInBlocks } from './physical-map'

/** The largest footprint that is tried; a larger one takes this in its place. */
export const MOST_TRIED = 2 ** 29
/** Memory is made for so much at least: some designs begin with tables of a fixed size. */
const LEAST_MEMORY = 2 ** 27
/** Memory of each layer over what it serves. */
const SLACK = 1.15
const AREA_START = page(0x7f0000000)
const REGION = pagesPerEntry(2)

/** @throws UserError when the set-up has no such lane */
export function fragmentationTry(whole: LabSpec, fragmentation: number, lane: number): FragmentationTry {
  const design = whole.lanes[lane]
  if (design === undefined)
    throw new UserError(
      `there is no lane ${lane + 1}`,
      `the set-up has ${whole.lanes.length}`,
      'choose one of those'
    )
  const footprint = Math.min(whole.footprint, MOST_TRIED)
  const spec = smallSpec(whole, footprint, fragmentation)
  const machine = new Machine(spec, designOf(design), [areaOf(footprint)])
  const { layers } = machine.stack
  const freeBefore = layers.map(({ frames }) => ({ blocks: freeInBlocks(frames), run: frames.largestRun() }))
  touchRegions(machine)
  const sum = (of: (layer: Layer) => number): number => layers.reduce((total, layer) => total + of(layer), 0)
  const requests = sum(({ frames }) => frames.rangesRequested)
  return {
    fragmentation,
    design,
    footprint,
    isScaled: footprint < whole.footprint,
    hasAreas: machine.modes.some((mode) => mode !== 'R'),
    layers: layers
      .map((layer, k) => ({
        layer: layer.name,
        coveredShare: machine.modes[k] === 'R' ? null : coveredShare(layer.space),
        teas: layer.space.teas.teas.length,
        longestFreeRun: freeBefore[k].run,
        freeInBlocks: freeBefore[k].blocks
      }))
      .reverse(),
    requests,
    refusals: requests - sum(({ frames }) => frames.rangesObtained),
    splits: namedCounters(machine.ledger.counters).teaSplits
  }
}

/** The set-up with little memory around a small footprint, and no work that takes time. */
function smallSpec(spec: LabSpec, footprint: number, fragmentation: number): LabSpec {
  const depth = DEPTH[spec.environment]
  const serves = Math.max(footprint, LEAST_MEMORY)
  const limits = Object.fromEntries(
    LAYER_NAMES.slice(0, depth).map((name, k) => [name, Math.ceil(serves * SLACK ** (depth - k))])
  )
  const memory = { ...spec.memory, limits }
  return { ...spec, footprint, fragmentation, memory, trace: null, scenario: null, verify: false }
}

const areaOf = (footprint: number): Vma => ({
  start: AREA_START,
  end: page(AREA_START + Math.ceil(footprint / PAGE_BYTES)),
  writable: true,
  executable: false,
  name: 'area',
  mayHaveTea: true
})

function touchRegions({ stack }: Machine): void {
  // With almost no data there is nothing that could be moved, and looking for it takes long.
  for (const { frames } of stack.layers) frames.mover = null
  for (const { start, end } of stack.inner.space.vmas.list())
    for (let p = start as number; p < end; p += REGION) stack.populate(p, true)
}

/** Share of the space's eligible areas, region by region, whose leaf tables valid registers lead to. */
function coveredShare(space: AddressSpace): number {
  let covered = 0
  let regions = 0
  for (const vma of areasOf(space).filter((one) => space.teas.whyNone(one) !== GETS_NONE)) {
    for (let p = vma.start as number; p < vma.end; p += REGION) {
      regions++
      if (isReached(space, p)) covered++
    }
  }
  return regions === 0 ? 0 : covered / regions
}

/** By the level of the leaf that maps the page, or where none does yet of that which the policy asks for. */
function isReached({ table, teas, policy }: AddressSpace, p: number): boolean {
  const wanted = policy === 'thp' ? LEAF_LEVEL['2M'] : LEAF_LEVEL[policy]
  const tea = teas.covering(table.leafLevelOf(p) || wanted, p)
  return tea !== null && tea.register >= 0 && teas.registers.valueOf(tea.register) !== null
}
