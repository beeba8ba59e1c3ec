/**
 * EPT violations outside a guest's memory: a guest may write any guest-physical page into its entries and registers,
 * and its hypervisor maps only those of its memory slots. The access is refused, and the guest's kernel drops what
 * named the page; nothing is read there.
 */
import { formatAddress } from '@shared/address/address'
import { LOAD } from '@shared/model/access'
import type { PhysicalMemory } from '../../hardware/memory/physical-memory'
import type { Walk } from '../../hardware/walker/walk'
import type { Layer } from '../layer'

export interface RefusalParts {
  readonly layers: readonly Layer[]
  readonly memory: PhysicalMemory
  /** Hardware walks a shadow of each process, so that a fault in it is at the process's page. */
  readonly shadowsProcesses: boolean
}

/** Whether the fault that ended the walk was such a violation; then it has been dealt with. */
export function refuseViolation(parts: RefusalParts, walk: Walk, page: number, access: number): boolean {
  const { layers } = parts
  if (walk.faultInShadow && parts.shadowsProcesses) return refuseNamed(layers, layers.length - 1, page)
  const layer = layers[walk.faultInShadow ? 1 : walk.faultLayer]
  // A table on the way is only read, whatever the access that is walked for.
  const kind = walk.faultIsProtection ? access : LOAD
  if (!layer.space.admits(page, kind)) {
    refuse(layer, page)
    drop(parts, layers[layer.index + 1], walk)
    return true
  }
  return walk.faultInShadow && refuseNamed(layers, 1, page)
}

/** Follows a page of layer k's space down its tables, to a leaf that names what the layer below does not admit. */
function refuseNamed(layers: readonly Layer[], k: number, page: number): boolean {
  let p = page
  for (let layer = k; layer > 0; layer--) {
    const { table } = layers[layer].space
    const named = table.frameOf(p)
    if (named < 0) return false
    if (!layers[layer - 1].space.admits(named, LOAD)) {
      refuse(layers[layer - 1], named)
      table.unmap(p)
      return true
    }
    p = named
  }
  return false
}

function refuse(hypervisor: Layer, page: number): void {
  const guest = hypervisor.index + 1
  const what = `names ${formatAddress(page)}`
  hypervisor.ledger.calls.within(
    { asker: guest, title: what, frames: 1 },
    () => {
      bookRefusal(hypervisor, page)
      hypervisor.ledger.calls.say(guest, hypervisor.index, what)
      hypervisor.ledger.calls.say(hypervisor.index, guest, 'refused: it is not of its memory', true)
    },
    () => ({ result: 'refused', outcome: 'it is not of its memory' })
  )
}

function bookRefusal(hypervisor: Layer, page: number): void {
  const guest = hypervisor.index + 1
  hypervisor.bookFault()
  hypervisor.ledger.count('eptRefusals')
  hypervisor.event('ept-refusal', `L${guest} named ${formatAddress(page)}, which is not of its memory`, 1, 0)
}

/** The guest's register or entry that named the page holds nothing from now on. */
function drop({ memory }: RefusalParts, guest: Layer, walk: Walk): void {
  if (walk.namingRegister >= 0) return guest.space.teas.registers.invalidate(walk.namingRegister)
  if (walk.namingFrame < 0) throw new Error(`refuseViolation: nothing of ${guest.name} named the page`)
  memory.write(walk.namingFrame as never, walk.namingIndex, 0, 0)
}
