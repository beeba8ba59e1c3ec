import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PhysicalMemory } from '@main/hardware/memory/physical-memory'
import { machineFrame } from '@shared/address/address'

/** Frames of 1 GiB, from which on a machine is large. */
const LARGE = 2 ** 18
const FRAMES = 5000
const f = machineFrame

const operation = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    frame: fc.nat(9),
    index: fc.nat(511),
    low: fc.integer(),
    high: fc.integer()
  }),
  fc.record({ kind: fc.constant('copy' as const), frame: fc.nat(9), to: fc.nat(9) }),
  fc.record({ kind: fc.constant('clear' as const), frame: fc.nat(9) })
)

describe('PhysicalMemory', () => {
  it('reads back what was written, copied and cleared, as a map of entries does', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const memory = new PhysicalMemory(FRAMES)
        const model = new Map<number, Map<number, [number, number]>>()
        for (const op of operations) {
          if (op.kind === 'write') {
            memory.write(f(op.frame), op.index, op.low, op.high)
            const entries = model.get(op.frame) ?? new Map<number, [number, number]>()
            model.set(op.frame, entries.set(op.index, [op.low, op.high]))
          } else if (op.kind === 'clear') {
            memory.clear(f(op.frame))
            model.delete(op.frame)
          } else {
            memory.copyFrame(f(op.frame), f(op.to))
            const source = model.get(op.frame)
            if (op.frame === op.to) continue
            if (source) model.set(op.to, new Map(source))
            else model.delete(op.to)
          }
        }
        expect(memory.framesInUse).toBe(model.size)
        for (let frame = 0; frame < 10; frame++) {
          const entries = model.get(frame)
          expect(memory.hasContents(frame)).toBe(entries !== undefined)
          for (let index = 0; index < 512; index++) {
            const [low, high] = entries?.get(index) ?? [0, 0]
            if (memory.low(frame, index) !== low || memory.high(frame, index) !== high) {
              throw new Error(`frame ${frame}, entry ${index}`)
            }
          }
        }
      }),
      { numRuns: 60, seed: 3 }
    )
  })

  it.each([
    ['more room was reserved', 8000],
    ['less room was reserved than is needed', 1],
    ['more room is expected than any array may have', 2 ** 40],
    ['a large machine reserved more', 8000, LARGE],
    ['a large machine reserved less', 1, LARGE],
    ['a large machine expects more than any array may have', 2 ** 40, LARGE]
  ])('reuses the room of cleared frames, and keeps its contents where %s', (_, expected, frames = FRAMES) => {
    const memory = new PhysicalMemory(frames, expected)
    for (let frame = 0; frame < 3000; frame++) memory.write(f(frame), frame % 512, frame, ~frame)
    for (let frame = 0; frame < 3000; frame += 2) memory.clear(f(frame))
    for (let frame = 3000; frame < 4500; frame++) memory.write(f(frame), 7, frame, 0)
    expect(memory.framesInUse).toBe(3000)
    expect([memory.low(2, 2), memory.low(1001, 489), memory.high(1001, 489)]).toEqual([0, 1001, ~1001])
    expect([memory.low(3456, 7), memory.low(3456, 8)]).toEqual([3456, 0])
  })

  it('refuses a frame outside the machine', () => {
    expect(() => new PhysicalMemory(4).write(f(4), 0, 1, 0)).toThrow(/outside the machine/)
  })
})
