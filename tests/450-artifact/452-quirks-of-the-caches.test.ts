import { describe, expect, it } from 'vitest'
import {
  apart,
  fetch,
  lines,
  pageNumber,
  plainRow,
  prefetch,
  read,
  row,
  said,
  scene
} from '../builders/artifact-scene'
import { PLAYERS } from '../builders/artifact-players'
import type { ArtifactRecord } from '../builders/naive-artifact-replay'
import type { DumpRow } from '../builders/naive-artifact-walk'

const X = apart(10)
const Y = apart(11)
type Tables = DumpRow['tables']

describe.each(PLAYERS)('caches of the artifact profile, %s', (_, play) => {
  /** The walk of a read of page 1 with these tables, after some records of page 0, whose frame is X. */
  async function walkAfter(records: ArtifactRecord[], tables: Tables): Promise<string> {
    const last = read(pageNumber(1))
    const rows = [plainRow(0n, X), row(pageNumber(1), tables, apart(21))]
    const before = await play(scene(rows, records))
    const { walks } = said(await play(scene(rows, [...records, last])))
    const added = Object.entries(walks).filter(([steps, n]) => n !== (said(before).walks[steps] ?? 0))
    expect(added).toHaveLength(1)
    return added[0][0]
  }

  it('do not find the line they served last', async () => {
    expect(await walkAfter([], [X, X, X, X])).toBe('MEMORY,MEMORY,MEMORY,MEMORY')
    expect(await walkAfter([], [X, Y, X, Y])).toBe('MEMORY,MEMORY,L1,L1')
  })

  it('prefetch the next line after a miss and then remember the line that missed', async () => {
    expect(await walkAfter([], [X, X + lines(1), X, X])).toBe('MEMORY,L1,L1,MEMORY')
  })

  it('do not prefetch after a hit or for a prefetch', async () => {
    expect(await walkAfter([], [X, X + lines(1), X + lines(2), Y])).toBe('MEMORY,L1,MEMORY,MEMORY')
  })

  it('prefetch across the end of a page', async () => {
    const end = X - lines(1)
    expect(await walkAfter([], [end, Y, X, Y])).toBe('MEMORY,MEMORY,L1,L1')
  })

  it('take walk steps before the data, instructions through a cache of their own', async () => {
    expect(await walkAfter([read(0n)], [X, Y, X, Y])).toBe('MEMORY,MEMORY,L1,L1')
    expect(await walkAfter([read(0n)], [Y, X, Y, X])).toBe('MEMORY,L1,L1,L1')
    expect(await walkAfter([fetch(0n)], [Y, X, Y, X])).toBe('MEMORY,L2,L1,L1')
  })

  it('do not find in L2 what L2 served last', async () => {
    expect(await walkAfter([fetch(0n)], [X, Y, X, Y])).toBe('MEMORY,MEMORY,L1,L1')
    expect(await walkAfter([fetch(0n), fetch(256n)], [X, Y, X, Y])).toBe('L2,MEMORY,L1,L1')
  })

  it('have no prefetcher for instructions', async () => {
    expect(await walkAfter([fetch(0n)], [Y, X + lines(1), Y, Y])).toBe('MEMORY,MEMORY,L1,MEMORY')
    expect(await walkAfter([read(0n)], [Y, X + lines(1), Y, Y])).toBe('MEMORY,L1,L1,MEMORY')
  })

  it('do not prefetch after a software prefetch, whose walk however does', async () => {
    expect(await walkAfter([prefetch(0n)], [Y, X + lines(1), Y, X])).toBe('MEMORY,MEMORY,L1,L1')
    expect(await walkAfter([prefetch(0n)], [apart(0) + lines(1), Y, X, Y])).toBe('L1,MEMORY,L1,L1')
  })

  it('serve each line of an access and remember the last of them', async () => {
    const acrossLines = prefetch(60n, 8)
    expect(await walkAfter([acrossLines], [X, X + lines(1), Y, Y])).toBe('L1,L1,MEMORY,MEMORY')
    expect(await walkAfter([acrossLines], [X + lines(1), X, Y, Y])).toBe('MEMORY,L1,MEMORY,MEMORY')
    expect(await walkAfter([prefetch(60n, 4)], [X, X + lines(1), Y, Y])).toBe('MEMORY,MEMORY,MEMORY,MEMORY')
  })

  it('search both lines when one of them was served last', async () => {
    const walk = await walkAfter([prefetch(64n), prefetch(124n), prefetch(0n), prefetch(60n)], [X, Y, X, X])
    expect(walk).toBe('L1,MEMORY,L1,MEMORY')
  })

  it('take a size of 0 as 8 bytes', async () => {
    expect(await walkAfter([prefetch(57n, 0)], [X, X + lines(1), Y, Y])).toBe('L1,L1,MEMORY,MEMORY')
    expect(await walkAfter([prefetch(56n, 0)], [X, X + lines(1), Y, Y])).toBe('MEMORY,MEMORY,MEMORY,MEMORY')
  })

  it('go on in the next physical page when an access crosses a page', async () => {
    expect(await walkAfter([prefetch(4095n, 2)], [X + 4095n, X + 4096n, Y, Y])).toBe('L1,L1,MEMORY,MEMORY')
  })

  it('age the ways of a set only up to the age of the one that was used', async () => {
    const inOneSet = (n: number): bigint => X + BigInt(n) * 4096n
    const tables = (...n: number[]): Tables => [
      inOneSet(n[0]),
      inOneSet(n[1]),
      inOneSet(n[2]),
      inOneSet(n[3])
    ]
    const of = (n: number, ...which: number[]): DumpRow => row(pageNumber(n), tables(...which), apart(20))
    const rows = [of(0, 0, 1, 2, 3), of(1, 4, 5, 6, 7), of(2, 8, 9, 10, 11), of(3, 8, 3, 10, 9)]
    const { walks } = said(
      await play(
        scene(
          rows,
          [0, 1, 2, 3].map((n) => read(pageNumber(n)))
        )
      )
    )
    // The twelfth line takes the way of the ninth, although the fourth is older; then the ninth that of the tenth.
    expect(walks).toEqual({ 'MEMORY,MEMORY,MEMORY,MEMORY': 3, 'L2,L1,L1,L2': 1 })
  })
})
