/** The arithmetic of a register: base of the area plus eight bytes for each entry before this one. */
import type { RegisterMatch, WalkStep } from '@shared/model/walk-record'
import { ENTRY_BYTES } from '@shared/address/address'
import { readHex } from './input-address'

export interface RegisterSum {
  /** Where the entry lies, in the space of the base (hex). */
  readonly address: string
  /** What the match saves. */
  readonly why: string
}

function reason(match: RegisterMatch, step: WalkStep | null): string {
  if (match.cooperative) {
    return 'No upper level is read. The base is a machine address: the host is not asked.'
  }
  if (match.layer === 'L0') return 'No upper level is read. The base is a machine address.'
  const below = step?.address ? `, here ${step.address}` : ''
  return `No upper level is read. The base is an address of ${match.layer}’s, so the host is asked where it lies${below}.`
}

export function registerSum(match: RegisterMatch, step: WalkStep | null): RegisterSum {
  const address = readHex(match.base) + BigInt(ENTRY_BYTES) * BigInt(match.linearIndex)
  return { address: '0x' + address.toString(16), why: reason(match, step) }
}
