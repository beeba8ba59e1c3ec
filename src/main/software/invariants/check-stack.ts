/**
 * Checks the whole emulated memory of a lane, by looking alone: tables, areas, registers, frames and who owns them,
 * and the maps that are kept apart from the tables.
 */
import { pagesPerEntry } from '@shared/address/address'
import type { Layer } from '../layer'
import type { AddressSpace } from '../space/address-space'
import type { Stack } from '../stack'
import { checkAreas } from './area-laws'
import { Owners } from './frame-laws'
import { visitTables } from './looking'
import { Violations } from './violations'

/** What does not hold; nothing when all is well. Takes time in the size of the memory. */
export function checkStack(stack: Stack): Violations {
  const found = new Violations()
  for (const layer of stack.layers) checkLayer(stack, layer, found)
  for (const { support } of stack.shadows.all) support?.check(found)
  return found
}

function checkLayer(stack: Stack, layer: Layer, found: Violations): void {
  const { memory, layers } = stack
  const owners = new Owners(layer, found)
  owners.own(0, 1, 'the frame left out')
  for (const { base, count, what } of stack.ownFramesOf(layer)) owners.own(base, count, what)
  for (const space of layer.spaces) {
    checkAreas({ memory, layers, layer, space, found })
    checkSpace(stack, layer, space, owners, found)
  }
  owners.close()
}

/** Each table page is counted and each leaf has the owner map and the oracle map on its side. */
function checkSpace(
  stack: Stack,
  layer: Layer,
  space: AddressSpace,
  owners: Owners,
  found: Violations
): void {
  let tables = 0
  let mapped = 0
  for (const tea of space.teas.teas) owners.own(tea.base, tea.slots, `the area of page ${tea.start}`)
  for (const f of space.deposits?.list() ?? []) if (!space.support?.holds(f)) owners.own(f, 1, 'a deposit')
  for (const { base, count, what } of space.support?.ownFrames() ?? []) owners.own(base, count, what)
  space.support?.check(found)
  visitTables(stack.memory, stack.layers, layer.index, space.table, {
    table(frame, level, page) {
      tables++
      if (!isSlot(space, frame, level, page) && !space.support?.holds(frame))
        owners.own(frame, 1, `the table of page ${page}`)
    },
    leaf(page, frame, level) {
      owners.map(frame, level)
      const isWindow = frame >= layer.frames.frames
      if (!isWindow && layer.pageOfFrame[frame] !== 0) mapped += pagesPerEntry(level)
      checkLeaf(layer, space, page, frame, level, found)
    }
  })
  found.unless(
    tables === space.table.tablePages,
    layer.name,
    () => `${space.table.tablePages} table pages counted, ${tables} there`
  )
  found.unless(
    mapped === space.pagesMapped,
    layer.name,
    () => `${space.pagesMapped} pages counted, ${mapped} mapped`
  )
}

const isSlot = (space: AddressSpace, frame: number, level: number, page: number): boolean => {
  const tea = level <= 3 ? space.teas.covering(level, page) : null
  return tea !== null && frame >= tea.base && frame < tea.base + tea.slots
}

function checkLeaf(
  layer: Layer,
  space: AddressSpace,
  page: number,
  frame: number,
  level: number,
  found: Violations
): void {
  const pages = pagesPerEntry(level)
  found.unless(space.vmas.find(page) !== null, layer.name, () => `page ${page} is mapped outside every area`)
  for (const i of pages === 1 ? [0] : [0, pages - 1]) {
    const tag = layer.pageOfFrame[frame + i] ?? 0
    const isOwn = tag === 0 || tag === space.expects(page + i)
    found.unless(isOwn, layer.name, () => `frame ${frame + i} serves another page than ${page + i}`)
    const known = space.oracle?.get(page + i) ?? frame + i
    found.unless(
      known === frame + i,
      layer.name,
      () => `page ${page + i}: tables say ${frame + i}, the oracle ${known}`
    )
  }
}
