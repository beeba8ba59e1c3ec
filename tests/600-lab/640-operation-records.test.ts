import { OperationReader } from '@main/lab/operation-reader'
import { Clock } from '@main/lab/clock'
import { StreamBuffer } from '@main/lab/stream-buffer'
import type { AccessSource } from '@main/workloads/workload'
import { pageHigh, pageLow } from '@shared/address/address'
import { LOAD, OPERAND, OPERATION, type AccessBatch } from '@shared/model/access'
import { OPERATIONS, OPERATION_INDEX, type Operation } from '@shared/model/operation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aBatch } from '../builders/a-stream'
import { writeOperation } from '../builders/operations'

const anOperation = fc.constantFrom(...OPERATIONS).chain((definition) =>
  fc
    .array(fc.integer({ min: 0, max: 2 ** 45 - 1 }), {
      minLength: definition.arguments.length,
      maxLength: definition.arguments.length
    })
    .map((values): Operation => ({ id: definition.id, arguments: values }))
)

const readAll = (batch: AccessBatch, count: number): Operation[] => {
  const reader = new OperationReader()
  const read: Operation[] = []
  for (let i = 0; i < count; i++) {
    const operation = reader.take(batch.kind[i], batch.size[i], batch.high[i], batch.low[i])
    if (operation) read.push(operation)
  }
  return read
}

describe('operations in a stream', () => {
  it('are read as they were written, whatever their arguments', () => {
    fc.assert(
      fc.property(fc.array(anOperation, { maxLength: 20 }), (operations) => {
        const batch = aBatch(200)
        const end = operations.reduce((at, operation) => writeOperation(batch, at, operation), 0)
        expect(readAll(batch, end)).toEqual(operations)
      })
    )
  })

  it('are refused when arguments are missing, or stand alone', () => {
    const reader = new OperationReader()
    expect(() => reader.take(OPERAND, 0, 0, 1)).toThrow(/without its operation/)
    reader.take(OPERATION, OPERATION_INDEX.mmap, 0, 1)
    expect(() => reader.take(OPERATION, OPERATION_INDEX.exit, 0, 0)).toThrow(/mmap lacks arguments/)
    expect(() => new OperationReader().take(OPERATION, 200, 0, 0)).toThrow(/no operation 200/)
  })
})

/** Each access is followed by so many operations. */
const mixed = (accesses: number, between: number): AccessSource =>
  ({
    areas: [],
    instructionsPerReference: 0,
    fill(batch: AccessBatch, from: number, to: number): number {
      let at = from
      for (; at < to && this.written < accesses * (between + 1); at++, this.written++) {
        batch.kind[at] = this.written % (between + 1) === 0 ? LOAD : OPERATION
        batch.size[at] = batch.kind[at] === LOAD ? 8 : OPERATION_INDEX.exit
        batch.offset[at] = 0
        batch.high[at] = pageHigh(at)
        batch.low[at] = pageLow(at)
      }
      return at
    },
    written: 0
  }) as AccessSource & { written: number }

describe('a stream with operations', () => {
  it('counts accesses alone, in warm-up, slices and the limit of references', async () => {
    const stream = new StreamBuffer(mixed(10, 3), 2, 5)
    const lengths: number[] = []
    for (let slice = await stream.take(2); slice; slice = await stream.take(2))
      lengths.push(slice.to - slice.from)
    // Access, three operations, access (end of the warm-up); then from operations to the next accesses.
    expect(lengths).toEqual([5, 8, 8, 7])
  })
})

describe('a clock', () => {
  it('runs each task at its own multiples, in order', () => {
    const seen: string[] = []
    const clock = new Clock([
      { every: 3, run: () => seen.push('three') },
      { every: 2, run: () => seen.push('two') }
    ])
    const at: number[] = []
    for (let n = 1; n <= 6; n++) {
      if (n === clock.next) at.push(n)
      clock.reach(n)
    }
    expect(at).toEqual([2, 3, 4, 6])
    expect(seen).toEqual(['two', 'three', 'two', 'three', 'two'])
  })

  it('is never due without tasks', () => {
    expect(new Clock([]).next).toBe(Infinity)
  })
})
