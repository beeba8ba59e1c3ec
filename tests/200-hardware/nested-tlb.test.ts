import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contextOf, machineContext, vpidOf } from '@shared/arch/context'
import { NestedTlb } from '@main/hardware/pwc/nested-tlb'
import { NaiveLru } from '../builders/naive-lru'

const step = fc.record({
  do: fc.constantFrom('fill', 'fill', 'lookup', 'lookup', 'invalidate', 'flush', 'vpid'),
  frame: fc.oneof(
    fc.nat(20),
    fc.nat(5).map((n) => 2 ** 31 - 1 - n),
    fc.nat(5).map((n) => 2 ** 27 + n)
  ),
  context: fc.constantFrom(machineContext(1), machineContext(2), contextOf(2, 1)),
  machineFrame: fc.nat(2 ** 31 - 1)
})

describe.each([
  [4, 4],
  [32, 4],
  [9, 3],
  [0, 1]
])('nested TLB of %i entries, %i ways', (entries, ways) => {
  it('agrees with lists of frames', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
        const ntlb = new NestedTlb({ entries, ways })
        const naive = new NaiveLru<string, number>(entries / ways, ways)
        for (const { do: action, frame, context, machineFrame } of steps) {
          const key = `${context} ${frame}`
          if (action === 'fill') {
            ntlb.fill(frame, context, machineFrame)
            naive.put(BigInt(frame), key, machineFrame)
          } else if (action === 'invalidate') {
            ntlb.invalidate(frame, context)
            naive.drop((k) => k === key)
          } else if (action === 'flush') {
            ntlb.flushContext(context)
            naive.drop((k) => k.startsWith(`${context} `))
          }
          if (action === 'vpid') {
            ntlb.flushVpid(vpidOf(context))
            naive.drop((k) => Math.floor(Number(k.split(' ')[0]) / 4096) === vpidOf(context))
          }
          const peeked = ntlb.peek(frame, context)
          expect(ntlb.lookup(frame, context)).toBe(naive.use(BigInt(frame), key) ?? -1)
          expect(peeked).toBe(naive.look(BigInt(frame), key) ?? -1)
        }
        const shown = ntlb.entries().map((e) => `${e.context} ${e.frame} ${e.machineFrame}`)
        expect(shown.sort()).toEqual(
          naive
            .all()
            .map((e) => `${e.key} ${e.value}`)
            .sort()
        )
      }),
      { numRuns: 50 }
    )
  })
})
