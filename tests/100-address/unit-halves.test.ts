import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageHigh, pageLow, unitHigh, unitLow } from '@shared/address/address'

describe('unitHigh and unitLow', () => {
  it('are the halves of the page number divided by 2^shift', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat().map((n) => n % 2 ** 45),
        fc.constantFrom(0, 9, 18, 27, 36),
        (page, shift) => {
          const unit = Number(BigInt(page) >> BigInt(shift))
          expect(unitHigh(pageHigh(page), shift)).toBe(pageHigh(unit))
          expect(unitLow(pageHigh(page), pageLow(page), shift)).toBe(pageLow(unit))
        }
      ),
      { numRuns: 2000 }
    )
  })
})
