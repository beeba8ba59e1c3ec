import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heapOf, type Heap, type Snapshot } from '../../../scripts/soak/heap.mjs'
import {
  covered,
  judgeCounters,
  judgeFrames,
  judgeHeap,
  judgeInputs,
  quantile,
  type Span,
  type Taken
} from '../../../scripts/soak/judge.mjs'

const MIB = 2 ** 20

const taken = (more: Partial<Taken> = {}): Taken => ({
  milliseconds: 1000,
  frames: 60,
  intervals: Array.from({ length: 1001 }, (_, ms) => (ms === 17 ? 60 : 0)),
  late: [],
  tasks: [],
  stalls: [],
  inputs: [],
  breaks: [],
  waits: [],
  ...more
})

const span = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]): Span => [Math.min(a, b), Math.max(a, b)])

describe('a soak', () => {
  it('counts what spans cover of another once, however they overlap', () => {
    fc.assert(
      fc.property(span, fc.array(span), ([from, to], others) => {
        let ticks = 0
        for (let t = from; t < to; t++) if (others.some(([a, b]) => t >= a && t < b)) ticks++
        expect(covered([from, to], others)).toBe(ticks)
      })
    )
  })

  it('passes frames that come in time, and fails one that comes late or a task that holds the thread', () => {
    expect(judgeFrames(taken())).toMatchObject({ passed: true })
    expect(judgeFrames(taken({ late: [[0, 200]] }))).toMatchObject({ passed: true })
    expect(judgeFrames(taken({ late: [[0, 201]] }))).toMatchObject({ passed: false })
    expect(judgeFrames(taken({ tasks: [[0, 201]] }))).toMatchObject({ passed: false })
    expect(judgeFrames(taken({ frames: 0 }))).toMatchObject({ passed: false })
  })

  it('takes off what the machine stood still for, and leaves out a forced collection', () => {
    const late: Span[] = [[100, 500]]
    expect(judgeFrames(taken({ late, stalls: [[250, 600]] }))).toMatchObject({ passed: true })
    expect(judgeFrames(taken({ late, stalls: [[350, 600]] }))).toMatchObject({ passed: false })
    expect(judgeFrames(taken({ late, waits: [[90, 400, 210]] }))).toMatchObject({ passed: true })
    expect(judgeFrames(taken({ late, waits: [[90, 400, 190]] }))).toMatchObject({ passed: false })
    expect(judgeFrames(taken({ late, tasks: late, breaks: [[90, 110]] }))).toMatchObject({ passed: true })
  })

  it('tells the interval that a share of all frames kept', () => {
    const { intervals } = taken()
    intervals[300] = 1
    expect([quantile(intervals, 0.5), quantile(intervals, 0.99), quantile(intervals, 1)]).toEqual([
      17, 300, 300
    ])
  })

  it('fails a heap that grows by a tenth, from the first sample to the last, and one weighed once', () => {
    const heaps = (...mib: number[]): Heap[] =>
      mib.map((one) => ({ code: 4 * MIB, objects: (one - 4) * MIB }))
    expect(judgeHeap(heaps(10, 12, 10.9))).toMatchObject({ passed: true })
    expect(judgeHeap(heaps(10, 11.1))).toMatchObject({ passed: false })
    expect(judgeHeap(heaps(10))).toMatchObject({ passed: false })
    expect(judgeHeap([])).toMatchObject({ passed: false })
  })

  it('weighs what scripts keep alive, code by itself, and nothing of the browser', () => {
    const meta: Snapshot['snapshot']['meta'] = {
      node_fields: ['id', 'self_size', 'type'],
      node_types: [['code', 'native', 'object']]
    }
    const [code, native, object] = [0, 1, 2]
    const nodes = [7, 100, object, 8, 1000, native, 9, 20, code, 10, 3, object]
    expect(heapOf({ snapshot: { meta }, nodes })).toEqual({
      code: 20,
      objects: 103
    })
  })

  it('fails where half of all keys take too long, or none was pressed', () => {
    const keys = (...ms: number[]): Span[] => ms.map((one, i) => [1000 * i, 1000 * i + one])
    expect(judgeInputs(taken({ inputs: keys(20, 40, 300) }))).toMatchObject({ passed: true })
    expect(judgeInputs(taken({ inputs: keys(20, 140, 300) }))).toMatchObject({ passed: false })
    const waits: Taken['waits'] = [[1000, 1100, 60]]
    expect(judgeInputs(taken({ inputs: keys(20, 140, 300), waits }))).toMatchObject({ passed: true })
    expect(judgeInputs(taken())).toMatchObject({ passed: false })
  })

  it('names every counter and digest that differs', () => {
    const lane = (walks: number, digest = 'a') => ({
      id: 'radix',
      digest,
      counters: { references: 9, walks }
    })
    expect(judgeCounters('counters', [lane(3)], [lane(3)])).toMatchObject({ passed: true })
    const differing = judgeCounters('counters', [lane(3, 'b')], [lane(4)])
    expect(differing).toMatchObject({ passed: false, told: 'differ in radix: walks, radix: digest' })
    expect(judgeCounters('counters', [], [lane(3)])).toMatchObject({ passed: false })
    expect(judgeCounters('counters', [], [])).toMatchObject({ passed: false })
  })
})
