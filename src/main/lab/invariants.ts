/**
 * What must hold in a lane's machine at any time: the laws of its memory (software/invariants), and that hardware
 * remembers nothing that the tables no longer say. By looking alone.
 */
import { pageHigh, pageLow } from '@shared/address/address'
import { LOAD } from '@shared/model/access'
import { COUNTER_INDEX } from '@shared/stats/counters'
import { Walk } from '../hardware/walker/walk'
import { checkStack } from '../software/invariants/check-stack'
import type { Violations } from '../software/invariants/violations'
import type { Machine } from './machine'

/** The emulated machine breaks a law: a defect of the lab. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant'
  constructor(readonly found: Violations) {
    super(`the emulated machine breaks ${found.count} of its laws: ${found.told.join('; ')}`)
  }
}

export function checkMachine(machine: Machine): Violations {
  const found = checkStack(machine.stack)
  checkTlbs(machine, found)
  checkCounters(machine, found)
  return found
}

/** @throws BrokenInvariant */
export function mustHold(machine: Machine): void {
  const found = checkMachine(machine)
  if (found.count > 0) throw new BrokenInvariant(found)
}

/** Each entry of a TLB is what a walk of its process's tables would find now. */
function checkTlbs(machine: Machine, found: Violations): void {
  const walk = new Walk()
  for (const [n, cpu] of machine.cpus.entries()) {
    for (const { space, context } of machine.contexts()) {
      // Without PCIDs all processes have one tag, and a CPU keeps entries of the one it runs alone.
      if (!machine.spec.cpu.pcid && space !== cpu.space) continue
      const stage = machine.lookingStage(space, walk)
      const { instruction, data, shared } = cpu.tlb.entries()
      for (const entry of [...instruction, ...data, ...shared]) {
        if (entry.context !== context) continue
        walk.begin()
        const frame = stage.translate(pageHigh(entry.page), pageLow(entry.page), LOAD)
        found.unless(frame === entry.frame, `CPU ${n}`, () => {
          return `the TLB keeps frame ${entry.frame} for page ${entry.page}, the tables say ${frame}`
        })
      }
    }
  }
}

function checkCounters({ ledger, design }: Machine, found: Violations): void {
  const of = (id: keyof typeof COUNTER_INDEX): number => ledger.counters[COUNTER_INDEX[id]]
  found.unless(
    of('walks') === of('stlbMisses'),
    'counters',
    () => `${of('walks')} walks, ${of('stlbMisses')} misses`
  )
  const parts = of('dmtWalks') + of('fallbackWalks')
  if (design.info.hasRegisters)
    found.unless(
      parts === of('walks'),
      'counters',
      () => `${parts} DMT and fallback walks, ${of('walks')} walks`
    )
}
