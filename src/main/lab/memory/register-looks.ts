/** The DMT registers that a layer has loaded, as the Memory view shows them. */
import { PAGE_BYTES, formatAddress } from '@shared/address/address'
import type { RegisterLook } from '@shared/model/memory-look'
import type { DmtRegisters } from '../../hardware/registers/dmt-registers'
import type { AddressSpace } from '../../software/space/address-space'

export function registerLooks({ teas }: AddressSpace): RegisterLook[] {
  const { registers } = teas
  return Array.from({ length: registers.count }, (_, n) => {
    const tea = teas.teas.find(({ register }) => register === n)?.index ?? null
    return registerLook(registers, n, tea)
  })
}

function registerLook(registers: DmtRegisters, n: number, tea: number | null): RegisterLook {
  const value = registers.valueOf(n)
  const nothing = { level: 0, start: '0x0', end: '0x0', bytes: 0, base: null, gtea: null, tea: null }
  if (value === null) return { n, isValid: false, ...nothing }
  const { level, start, pages, gtea } = value
  return {
    n,
    isValid: true,
    level,
    start: formatAddress(start),
    end: formatAddress(start + pages),
    bytes: pages * PAGE_BYTES,
    // Where walks check an ID there is no base before they do.
    base: registers.base[n] < 0 ? null : formatAddress(registers.base[n]),
    gtea,
    tea
  }
}
