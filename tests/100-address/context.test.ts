import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VPID_MASK, contextOf, machineContext, pcidOf, vpidOf } from '@shared/arch/context'

const vpids = fc.nat(2 ** 16 - 1)
const pcids = fc.nat(2 ** 12 - 1)

describe('context of a translation', () => {
  it('is an int32 that gives both numbers back', () => {
    fc.assert(
      fc.property(vpids, pcids, (vpid, pcid) => {
        const context = contextOf(vpid, pcid)
        expect(context | 0).toBe(context)
        expect([vpidOf(context), pcidOf(context)]).toEqual([vpid, pcid])
      })
    )
  })

  it('shares the masked bits with the contexts of its virtual machine and no other', () => {
    fc.assert(
      fc.property(vpids, vpids, pcids, (vpid, other, pcid) => {
        expect((contextOf(vpid, pcid) & VPID_MASK) === machineContext(other)).toBe(vpid === other)
      })
    )
  })

  it('has no room for larger numbers', () => {
    for (const [vpid, pcid] of [
      [2 ** 16, 0],
      [0, 4096],
      [-1, 0],
      [0, 0.5]
    ])
      expect(() => contextOf(vpid, pcid)).toThrow(/contextOf/)
  })
})
