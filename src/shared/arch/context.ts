/**
 * Whose translation an entry of a TLB or walk cache is. One int32 holds the identifier of the virtual processor (VPID,
 * Intel SDM vol. 3C, 29.4.1) and that of the process in it (PCID, vol. 3A, 4.10.1):
 *
 *   27              12 11          0
 *  +------------------+-------------+
 *  |       VPID       |    PCID     |
 *  +------------------+-------------+
 *
 * VPID 0 is the machine itself. A virtual machine here has one virtual processor and one EPT, so its VPID also
 * names that EPT: INVVPID and a single-context INVEPT are both a flush by VPID.
 */

declare const tag: unique symbol
export type Context = number & { readonly [tag]: 'context' }

const PCID_BITS = 12
export const PCID_COUNT = 2 ** PCID_BITS
const VPID_COUNT = 2 ** 16
export const NATIVE_VPID = 0

/** Bits that tell the virtual machine, for flushes of all its processes. */
export const VPID_MASK = -PCID_COUNT

/** @throws for numbers that hardware has no room for: a defect of the caller */
export function contextOf(vpid: number, pcid: number): Context {
  if (!Number.isInteger(vpid) || vpid < 0 || vpid >= VPID_COUNT) throw new Error(`contextOf: VPID ${vpid}`)
  if (!Number.isInteger(pcid) || pcid < 0 || pcid >= PCID_COUNT) throw new Error(`contextOf: PCID ${pcid}`)
  return ((vpid << PCID_BITS) | pcid) as Context
}

export const vpidOf = (context: Context): number => context >>> PCID_BITS
export const pcidOf = (context: Context): number => context & (PCID_COUNT - 1)

/** Tag of what does not depend on the process: translations of a virtual machine's physical addresses. */
export const machineContext = (vpid: number): Context => contextOf(vpid, 0)

/** Layer k runs in virtual machine k: L0 on the machine itself with VPID 0, L1 with 1, L2 with 2. */
export const vpidOfLayer = (layer: number): number => layer
