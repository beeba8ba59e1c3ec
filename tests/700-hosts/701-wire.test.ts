import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage } from '@shared/contract/wire'
import { aSnapshot } from '../builders/recording-lab'

const there = (message: unknown): unknown => decodeMessage(encodeMessage(message))

describe('messages as bytes', () => {
  it('come back as they were, snapshots with their typed arrays', () => {
    const snapshot = aSnapshot(3, 2 ** 53 - 1, [1.5, -0, Infinity, 2 ** 40])
    expect(there({ t: 'q', m: 'session/snapshot', a: [snapshot] })).toEqual({
      t: 'q',
      m: 'session/snapshot',
      a: [snapshot]
    })
  })

  it('come back whatever numbers, texts and arrays they hold', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.maxSafeInteger(),
      fc.float64Array(),
      fc.uint32Array(),
      fc.uint8Array()
    )
    const message = fc.record({
      text: fc.string(),
      list: fc.array(leaf),
      map: fc.dictionary(fc.stringMatching(/^[a-z]+$/), leaf)
    })
    fc.assert(fc.property(message, (value) => void expect(there(value)).toEqual(value)))
  })

  it('keep a part of a larger buffer apart from its surroundings', () => {
    const part = Float64Array.of(1, 2, 3, 4).subarray(1, 3)
    expect(there([true, part])).toEqual([true, Float64Array.of(2, 3)])
  })

  it('leave out what is absent', () => {
    expect(there({ given: 1, absent: undefined })).toEqual({ given: 1 })
  })

  it('are refused when cut short', () => {
    const bytes = encodeMessage({ series: Float64Array.of(1, 2) })
    expect(() => decodeMessage(bytes.subarray(0, bytes.length - 1))).toThrow()
  })
})
