import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HierarchicalBitmap } from '@main/software/frames/hierarchical-bitmap'

const step = (capacity: number): fc.Arbitrary<[boolean, number]> =>
  fc.tuple(fc.boolean(), fc.nat(capacity - 1))

describe.each([1, 31, 32, 33, 1024, 1025, 40_000, 2 ** 20 + 1])(
  'hierarchical bitmap of %i numbers',
  (capacity) => {
    it('agrees with a sorted list', () => {
      fc.assert(
        fc.property(
          fc.array(step(capacity), { maxLength: 100, size: 'max' }),
          fc.nat(capacity),
          (steps, from) => {
            const bitmap = new HierarchicalBitmap(capacity)
            const members = new Set<number>()
            for (const [isAdded, n] of steps) {
              if (isAdded) bitmap.add(n)
              else bitmap.delete(n)
              if (isAdded) members.add(n)
              else members.delete(n)
              expect(bitmap.has(n)).toBe(isAdded)
              const sorted = [...members].sort((a, b) => a - b)
              for (const at of [0, from, n, n + 1])
                expect(bitmap.next(at)).toBe(sorted.find((m) => m >= at) ?? -1)
            }
          }
        ),
        { numRuns: 40 }
      )
    })
  }
)
