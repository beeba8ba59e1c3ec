import { RangeTlb } from '@main/hardware/ranges/range-tlb'
import { contextOf } from '@shared/arch/context'
import type { Range } from '@shared/arch/range-node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const aContext = fc.constantFrom(contextOf(0, 0), contextOf(0, 5), contextOf(1, 0), contextOf(1, 5))

const aStep = fc.record({
  what: fc.constantFrom('fill', 'fill', 'look', 'look', 'look', 'context', 'vpid', 'all'),
  start: fc.nat(60),
  pages: fc.integer({ min: 1, max: 12 }),
  context: aContext
})

const rangeAt = (start: number, pages: number): Range => ({
  start,
  end: start + pages,
  frame: 1000 + start,
  flags: 0,
  noExecute: false,
  level: 1
})

describe('a range TLB', () => {
  it('answers as a list does in which the one used last is in front', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(aStep, { maxLength: 80 }), (entries, steps) => {
        const tlb = new RangeTlb(entries)
        let naive: { range: Range; context: number }[] = []
        for (const { what, start, pages, context } of steps) {
          if (what === 'fill') {
            const range = rangeAt(start, pages)
            tlb.fill(range, context)
            naive = naive.filter(
              (e) => e.context !== context || e.range.end <= start || e.range.start >= range.end
            )
            naive = [{ range, context }, ...naive].slice(0, entries)
          } else if (what === 'look') {
            const at = naive.findIndex(
              (e) => e.context === context && start >= e.range.start && start < e.range.end
            )
            const found = at < 0 ? null : naive.splice(at, 1)[0]
            if (found) naive.unshift(found)
            expect(tlb.lookup(start, context)?.start ?? null).toBe(found?.range.start ?? null)
          } else if (what === 'context') {
            tlb.flushContext(context)
            naive = naive.filter((e) => e.context !== context)
          } else if (what === 'vpid') {
            tlb.flushVpid(1)
            naive = naive.filter((e) => e.context >>> 12 !== 1)
          } else {
            tlb.flushAll()
            naive = []
          }
          expect(tlb.entries().length).toBe(naive.length)
        }
      })
    )
  })
})
