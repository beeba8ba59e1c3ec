import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCaches } from '@main/hardware/cache/caches'
import { CacheHierarchy, HIT_L1, HIT_L2, HIT_MEMORY } from '@main/hardware/cache/hierarchy'
import { PrefetchingHierarchy } from '@main/hardware/cache/prefetching-hierarchy'
import { tiny } from '@shared/profiles/tiny'

const plain = tiny.hardware.cache
const nextLine = { ...plain, prefetcher: 'next-line' as const }
const forgetful = { ...plain, repeatedLine: 'memory' as const }

const accesses = fc.array(
  fc.tuple(fc.constantFrom('data' as const, 'fetch' as const, 'walk' as const), fc.nat(12), fc.nat(63)),
  { maxLength: 600, size: 'max' }
)

describe('prefetching hierarchy', () => {
  it('is built only where an option asks for it', () => {
    expect(buildCaches(plain)).toBeInstanceOf(CacheHierarchy)
    expect(buildCaches(nextLine)).toBeInstanceOf(PrefetchingHierarchy)
    expect(buildCaches(forgetful)).toBeInstanceOf(PrefetchingHierarchy)
  })

  it('answers as the plain one when no option is on', () => {
    fc.assert(
      fc.property(accesses, (sequence) => {
        const [a, b] = [new CacheHierarchy(plain), new PrefetchingHierarchy(plain)]
        for (const [kind, frame, line] of sequence) {
          expect(b.peekData(frame, line)).toBe(a.peekData(frame, line))
          expect(b.peekFetch(frame, line)).toBe(a.peekFetch(frame, line))
          expect(b[kind](frame, line, false)).toBe(a[kind](frame, line))
        }
      })
    )
  })

  it('brings in the next line when data or a walk misses, across frames, but not when code does', () => {
    const caches = new PrefetchingHierarchy(nextLine)
    expect(caches.data(7, 63, false)).toBe(HIT_MEMORY)
    expect(caches.peekData(8, 0)).toBe(HIT_L1)
    expect(caches.walk(9, 3)).toBe(HIT_MEMORY)
    expect(caches.peekData(9, 4)).toBe(HIT_L1)
    expect(caches.fetch(10, 5)).toBe(HIT_MEMORY)
    expect(caches.peekData(10, 6)).toBe(HIT_MEMORY)
  })

  it('does not chain: a prefetched line brings in nothing, and a hit neither', () => {
    const caches = new PrefetchingHierarchy(nextLine)
    caches.data(1, 0, false)
    expect(caches.peekData(1, 2)).toBe(HIT_MEMORY)
    expect(caches.data(1, 1, false)).toBe(HIT_L1)
    expect(caches.peekData(1, 2)).toBe(HIT_MEMORY)
  })

  it('tells a walk that the line served last came from memory, but counts it as a hit of data', () => {
    const caches = new PrefetchingHierarchy(forgetful)
    caches.walk(1, 0)
    expect(caches.walk(1, 0)).toBe(HIT_MEMORY)
    expect(caches.data(1, 0, false)).toBe(HIT_L1)
    caches.walk(1, 1)
    expect(caches.walk(1, 0)).toBe(HIT_L1)
  })

  it('remembers the last line in each cache: a line that only the second level served last is forgotten too', () => {
    const caches = new PrefetchingHierarchy(forgetful)
    const sets = plain.l1d.bytes / 64 / plain.l1d.ways
    const lines = Array.from(
      { length: plain.l1d.ways + 1 },
      (_, i) => [(i * sets) >>> 6, (i * sets) & 63] as const
    )
    for (const [frame, line] of lines) caches.data(frame, line, false)
    // The first of them has left the first level and is not the last that the second level served.
    expect(caches.walk(lines[0][0], lines[0][1])).toBe(HIT_L2)
  })

  it('looks up a line that is part of a wider access, even the one served last', () => {
    const caches = new PrefetchingHierarchy(forgetful)
    caches.walk(1, 0)
    caches.data(1, 0, true)
    caches.data(1, 1, true)
    expect(caches.walk(1, 1)).toBe(HIT_MEMORY)
    expect(caches.walk(1, 0)).toBe(HIT_L1)
  })
})
