/**
 * The laws of TEAs: I1, a slot in use is the table page that the tree links; I2, a slot that is not linked is all
 * zeros; I3, no two areas, and no two registers, of one class cover the same page; and registers name live areas.
 */
import { pagesPerTable } from '@shared/address/address'
import type { PhysicalMemory } from '../../hardware/memory/physical-memory'
import type { Layer } from '../layer'
import type { AddressSpace } from '../space/address-space'
import { slotFrame, teaEnd, type Tea } from '../tea/tea'
import { isZero, machineFrameBehind } from './looking'
import type { Violations } from './violations'

export interface AreaScene {
  readonly memory: PhysicalMemory
  readonly layers: readonly Layer[]
  readonly layer: Layer
  readonly space: AddressSpace
  readonly found: Violations
}

export function checkAreas(scene: AreaScene): void {
  for (const tea of scene.space.teas.teas) checkSlots(scene, tea)
  checkApart(scene)
  checkRegisters(scene)
}

function checkSlots({ memory, layers, layer, space, found }: AreaScene, tea: Tea): void {
  let used = 0
  for (let p = tea.start as number; p < teaEnd(tea); p += pagesPerTable(tea.level)) {
    const linked = space.table.tableOf(p, tea.level)
    const slot = slotFrame(tea, p)
    if (linked === slot) used++
    else
      found.unless(isZero(memory, machineFrameBehind(layers, layer.index, slot)), layer.name, () => {
        return `I2: the slot of page ${p} is not linked and holds entries`
      })
  }
  found.unless(tea.slotsUsed === used, layer.name, () => `${tea.slotsUsed} slots counted, ${used} linked`)
}

function checkApart({ layer, space, found }: AreaScene): void {
  const sorted = [...space.teas.teas].sort((a, b) => a.level - b.level || a.start - b.start)
  sorted.forEach((tea, i) => {
    const next = sorted[i + 1]
    found.unless(!next || next.level !== tea.level || next.start >= teaEnd(tea), layer.name, () => {
      return `I3: areas from page ${tea.start} and ${next.start} overlap`
    })
  })
}

/** Every valid register says what the area that owns it is, and where; every area with a register is in it. */
function checkRegisters(scene: AreaScene): void {
  const { layer, space, found } = scene
  const { registers, teas } = space.teas
  for (let n = 0; n < registers.count; n++) {
    const value = registers.valueOf(n)
    const tea = teas.find((t) => t.register === n)
    if (value === null || tea === undefined) {
      found.unless(
        value === null && tea === undefined,
        layer.name,
        () => `register ${n} and its area disagree`
      )
      continue
    }
    const says = [value.level, value.start, value.pages].join()
    found.unless(says === [tea.level, tea.start, teaEnd(tea) - tea.start].join(), layer.name, () => {
      return `register ${n} says level, start, pages ${says}`
    })
    checkBase(scene, tea, registers.base[n])
  }
}

/** A register's frames are the area's own, in the machine where they are granted. */
function checkBase({ layers, layer, found }: AreaScene, tea: Tea, base: number): void {
  for (let i = 0; i < tea.slots; i++) {
    const expected = tea.grant ? machineFrameBehind(layers, layer.index, tea.base + i) : tea.base + i
    if (base + i === expected) continue
    return found.add(layer.name, `a register names frame ${base + i} for slot ${i} of page ${tea.start}`)
  }
}
