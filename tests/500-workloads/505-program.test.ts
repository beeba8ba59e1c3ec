import { AddressPlan, type Block } from '@main/workloads/program/address-plan'
import { ProgramSource } from '@main/workloads/program/program-source'
import { Tape } from '@main/workloads/program/tape'
import { Thread } from '@main/workloads/program/thread'
import { PAGE_BYTES, pageFrom } from '@shared/address/address'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aBatch, accessAt, areaOf, type Access } from '../builders/a-stream'

const GIB = 2 ** 30

/** All that is on a tape, taken in pieces of at most `piece`. */
function taken(tape: Tape, piece: number): Access[] {
  const batch = aBatch(piece)
  const accesses: Access[] = []
  while (!tape.hasEnded) {
    const end = tape.drain(batch, 0, piece)
    for (let i = 0; i < end; i++) accesses.push(accessAt(batch, i))
  }
  return accesses
}

describe('Tape', () => {
  const access = fc.record({
    kind: fc.constantFrom(LOAD, STORE, FETCH),
    address: fc.nat({ max: 2 ** 47 - 1 }),
    bytes: fc.integer({ min: 1, max: 64 })
  })

  it('hands out what was written, in pieces of any size', () => {
    fc.assert(
      fc.property(fc.array(access, { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (written, piece) => {
        const tape = new Tape()
        for (const { kind, address, bytes } of written) tape.write(kind, address, bytes)
        expect(taken(tape, piece)).toEqual(
          written.map(({ kind, address, bytes }) => ({
            kind,
            size: bytes,
            page: Number(BigInt(address) >> 12n),
            offset: Number(BigInt(address) & 4095n)
          }))
        )
      })
    )
  })

  it('keeps all accesses of an operation longer than its first columns', () => {
    const tape = new Tape()
    for (let i = 0; i < 100_000; i++) tape.write(LOAD, 8 * i, 8)
    const accesses = taken(tape, 1000)
    expect(accesses).toHaveLength(100_000)
    expect(accesses.every(({ page, offset }, i) => page * PAGE_BYTES + offset === 8 * i)).toBe(true)
  })
})

describe('Thread', () => {
  const aThread = (instructions: number) => {
    const plan = new AddressPlan()
    const tape = new Tape()
    const routine = plan.text.routine(instructions)
    return { plan, tape, routine, thread: new Thread(tape, plan.text, routine) }
  }

  it('fetches an instruction before whatever it touches', () => {
    const { plan, tape, thread } = aThread(10)
    const heap = plan.heap()
    thread.compute(2)
    thread.load(heap, 24)
    thread.modify(heap, 32, 4)
    thread.store(heap, 40)
    expect(taken(tape, 100).map(({ kind }) => kind)).toEqual([
      FETCH,
      FETCH,
      FETCH,
      LOAD,
      FETCH,
      LOAD,
      STORE,
      FETCH,
      STORE
    ])
  })

  it('fetches consecutive instructions of a routine, round and round, none across a page', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (instructions) => {
        const { tape, thread } = aThread(instructions)
        thread.compute(instructions + 1)
        const fetches = taken(tape, 4096)
        const at = ({ page, offset }: Access): number => page * PAGE_BYTES + offset
        for (let i = 1; i < instructions; i++)
          expect(at(fetches[i])).toBe(at(fetches[i - 1]) + fetches[i - 1].size)
        expect(fetches[instructions]).toEqual(fetches[0])
        expect(fetches.every(({ offset, size }) => offset + size <= PAGE_BYTES)).toBe(true)
      }),
      { numRuns: 20 }
    )
  })

  it('keeps routines apart, and starts one at its beginning', () => {
    const { plan, tape, thread, routine } = aThread(100)
    const other = plan.text.routine(50)
    expect(other.first).toBeGreaterThanOrEqual(routine.end)
    thread.compute(3)
    thread.enter(other)
    thread.compute(1)
    thread.enter(routine)
    thread.compute(1)
    const [first, , , away, back] = taken(tape, 100)
    expect(back).toEqual(first)
    expect(away.page * PAGE_BYTES + away.offset).toBeGreaterThan(first.page * PAGE_BYTES + first.offset)
  })

  it('reads an object a vector at a time, every byte once', () => {
    const { plan, tape, thread } = aThread(10)
    thread.read(plan.heap(), 100, 41)
    const loads = taken(tape, 100).filter(({ kind }) => kind === LOAD)
    expect(loads.map(({ offset, size }) => [offset, size])).toEqual([
      [100, 16],
      [116, 16],
      [132, 9]
    ])
  })
})

describe('AddressPlan', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 3 * GIB }), { minLength: 1, maxLength: 8 })

  it('lays areas out ascending and apart, large ones at multiples of 1 GiB', () => {
    fc.assert(
      fc.property(sizes, fc.option(fc.integer({ min: 1, max: 3 * GIB })), (mapped, heap) => {
        const plan = new AddressPlan()
        const blocks = mapped.map((bytes, i) => plan.map(`m${i}`, bytes))
        if (heap !== null) blocks.push(plan.heap(heap))
        const { areas } = plan
        areas
          .slice(1)
          .forEach((area, i) => expect(area.start).toBeGreaterThan(areas[i].start + areas[i].pages - 1))
        for (const { start, pages } of areas) if (pages >= 2 ** 18) expect(start % 2 ** 18).toBe(0)
        for (const block of blocks) expect(holds(areas, block)).toBe(true)
      })
    )
  })

  it('merges mappings made together into one area without holes', () => {
    const plan = new AddressPlan()
    const parts = plan.mapTogether('grids', [
      { name: 'a', bytes: 5000 },
      { name: 'b', bytes: 4096 },
      { name: 'c', bytes: 1 }
    ])
    const area = plan.areas.find(({ name }) => name === 'grids')
    expect(area?.pages).toBe(4)
    expect(parts.map(({ start }) => start / PAGE_BYTES - (area?.start ?? 0))).toEqual([0, 2, 3])
  })

  const holds = (areas: AddressPlan['areas'], { start, bytes }: Block): boolean => {
    const page = pageFrom(0, 0) + Math.floor(start / PAGE_BYTES)
    const area = areaOf(areas, page)
    return area !== undefined && Math.floor((start + bytes - 1) / PAGE_BYTES) < area.start + area.pages
  }
})

describe('ProgramSource', () => {
  it('does one operation after another, whatever batches are asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 10 }), (asked) => {
        const tape = new Tape()
        let operation = 0
        const source = new ProgramSource([], tape, () => {
          for (let i = 0; i <= operation % 7; i++) tape.write(LOAD, 8 * operation, 8)
          operation++
        })
        const batch = aBatch(3000)
        const seen: number[] = []
        for (const count of asked) {
          expect(source.fill(batch, 0, count)).toBe(count)
          for (let i = 0; i < count; i++)
            seen.push(accessAt(batch, i).page * 512 + accessAt(batch, i).offset / 8)
        }
        const expected: number[] = []
        for (let n = 0; expected.length < seen.length; n++) for (let i = 0; i <= n % 7; i++) expected.push(n)
        expect(seen).toEqual(expected.slice(0, seen.length))
      }),
      { numRuns: 30 }
    )
  })
})
