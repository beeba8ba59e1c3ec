import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAYER_NAMES } from '@shared/model/environment'
import { CALL_RESULTS, type CallMessage } from '@shared/model/conversation'
import type { FragmentationTry } from '@shared/model/fragmentation-try'
import { ISOLATION_TRIES } from '@shared/model/isolation-try'
import { RESULT_LOOKS } from '@renderer/memory/call-words'
import { curveOf, curvePath, layersTried, longestRun, withTry } from '@renderer/memory/fragment-curve'
import { ISOLATION_CHOICES } from '@renderer/memory/isolation-words'
import { sequenceOf } from '@renderer/memory/sequence'
import { aConversation } from '../builders/a-memory-look'

const layer = fc.constantFrom(...LAYER_NAMES)
const messages = fc.array(
  fc
    .record({ from: layer, to: layer })
    .map(({ from, to }): CallMessage => ({ from, to, text: 'm', cycles: 1, exits: 0, isRefusal: false })),
  { minLength: 1, maxLength: 20 }
)

describe('a conversation drawn', () => {
  it('begins and ends every message at its layers’ lifelines, one below the other, inside the drawing', () => {
    fc.assert(
      fc.property(messages, (all) => {
        const drawing = sequenceOf(all, 300)
        const xOf = (name: string) => drawing.lifelines.find((line) => line.layer === name)?.x
        drawing.messages.forEach(({ message, from, to, y }, i) => {
          expect(from).toBe(xOf(message.from))
          if (message.from !== message.to) expect(to).toBe(xOf(message.to))
          expect(to).toBeGreaterThanOrEqual(0)
          expect(to).toBeLessThanOrEqual(300)
          expect(y).toBeGreaterThan(drawing.messages[i - 1]?.y ?? 0)
          expect(y).toBeLessThan(drawing.height)
        })
      })
    )
  })

  it('has the innermost layer on the left, and a lifeline for the one between', () => {
    expect(sequenceOf(aConversation().messages, 300).lifelines.map((line) => line.layer)).toEqual([
      'L2',
      'L1',
      'L0'
    ])
  })

  it('is empty without messages', () => {
    expect(sequenceOf([], 300).lifelines).toEqual([])
  })
})

describe('ends and tries in words', () => {
  it('are told apart by more than a tone', () => {
    for (const result of CALL_RESULTS) expect(RESULT_LOOKS[result].meaning).toMatch(/\.$/)
    expect(ISOLATION_CHOICES.map(({ id }) => id)).toEqual([...ISOLATION_TRIES])
    expect(new Set(ISOLATION_CHOICES.map(({ title }) => title)).size).toBe(ISOLATION_TRIES.length)
  })
})

const aTry = (fragmentation: number, coveredShare: number | null, longestFreeRun = 10): FragmentationTry => ({
  fragmentation,
  design: 'dmt',
  footprint: 2 ** 28,
  isScaled: false,
  hasAreas: true,
  layers: [{ layer: 'L0', coveredShare, teas: 1, longestFreeRun, freeInBlocks: [] }],
  requests: 1,
  refusals: 0,
  splits: 0
})

describe('the curve of fragmentation', () => {
  it('keeps one try a degree, in order, the latest of each', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.integer({ min: 0, max: 10 }), share: fc.nat() })), (all) => {
        const tries = all.reduce<FragmentationTry[]>(
          (sum, { at, share }) => withTry(sum, aTry(at / 10, share)),
          []
        )
        const degrees = tries.map(({ fragmentation }) => fragmentation)
        expect(degrees).toEqual([...new Set(degrees)].sort((a, b) => a - b))
        for (const { at } of all) {
          const last = all.findLast((one) => one.at === at)
          expect(tries.find((one) => one.fragmentation === at / 10)?.layers[0].coveredShare).toBe(last?.share)
        }
      })
    )
  })

  it('leaves out a layer that makes no areas', () => {
    const tries = [aTry(0, null), aTry(0.5, 0.25)]
    expect(curveOf(tries, 'L0', ({ coveredShare }) => coveredShare)).toEqual([{ x: 0.5, y: 0.25 }])
    expect(layersTried(tries)).toEqual(['L0'])
  })

  it('runs from left to right with high values on top', () => {
    expect(
      curvePath(
        [
          { x: 0, y: 1 },
          { x: 1, y: 0 }
        ],
        100,
        50
      )
    ).toBe('M0.0 0.0L100.0 50.0')
  })

  it('is scaled by the longest run found', () => {
    expect(longestRun([aTry(0, 1, 700), aTry(1, 1, 3)])).toBe(700)
    expect(longestRun([])).toBe(1)
  })
})
