import { describe, expect, it } from 'vitest'
import type { HitLevel, WalkRecord } from '@shared/model/walk-record'
import { settled, waited } from '@renderer/walk/critical-path'
import { cycleRuler } from '@renderer/walk/cycle-ruler'
import { soFar } from '@renderer/walk/so-far'
import { stepAt, nextStep } from '@renderer/walk/step-cursor'
import { whySlow } from '@renderer/walk/why-slow'
import { aWalk, layer, pvdmt } from '../builders/walk-records'

interface Read {
  readonly level: number
  readonly layer: 'L0' | 'L1'
  readonly hit: HitLevel
  readonly cycles: number
  readonly end: number
}

/** A register walk of two page-size classes: both are read at once, the walk waits for the useful one. */
function twoClasses(reads: readonly Read[], cycles: number): WalkRecord {
  const [model] = aWalk({ layers: [layer('L0', 'D'), layer('L1', 'P')] }).steps
  const steps = reads.map((read, i) => ({
    ...model,
    n: i + 1,
    layer: read.layer,
    level: read.level,
    hit: read.hit,
    cycles: read.cycles,
    cyclesSoFar: read.end
  }))
  return { ...pvdmt(), steps, cycles, references: steps.length }
}

/** The 2 MiB class is useful and near; the 4 KiB class goes to memory beside it and nobody waits. */
const besideMemory = twoClasses(
  [
    { layer: 'L1', level: 2, hit: 'L1', cycles: 4, end: 5 },
    { layer: 'L1', level: 1, hit: 'MEMORY', cycles: 200, end: 205 },
    { layer: 'L0', level: 2, hit: 'L1', cycles: 4, end: 10 }
  ],
  10
)

describe('time in a walk with reads side by side', () => {
  const record = settled(besideMemory)

  it('never runs backwards and ends with the walk', () => {
    const ends = record.steps.map((step) => step.cyclesSoFar)
    expect(ends).toEqual([5, 5, 10])
  })

  it('a read that nobody waited for takes none', () => {
    expect(record.steps.map((step) => waited(record, step))).toEqual([4, 0, 4])
    expect(cycleRuler([record], 10).lanes[0]?.blocks[1].width).toBe(0)
  })

  it('is not blamed on the read that nobody waited for', () => {
    expect(whySlow([record]).flat()).toContainEqual({
      kind: 'steps',
      text: '4 of 10 cycles',
      lane: 0,
      steps: [record.steps[0]]
    })
    expect(whySlow([record]).flat()).not.toContainEqual({ kind: 'step', lane: 0, step: record.steps[1] })
  })

  it('still counts every reference, and every step can be reached', () => {
    expect(soFar([record], record.cycles).total[0]).toEqual({ references: 3, cycles: 10 })
    const second = nextStep([record], { lane: 0, n: 1 })
    expect(stepAt([record], second)?.hit).toBe('MEMORY')
    expect(nextStep([record], second)).toEqual({ lane: 0, n: 3 })
  })

  it('leaves a walk of one read after the other as it is', () => {
    for (const walk of [aWalk(), pvdmt(), aWalk({ wasted: true })]) expect(settled(walk)).toEqual(walk)
  })
})
