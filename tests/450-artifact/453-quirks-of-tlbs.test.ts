import { describe, expect, it } from 'vitest'
import { fetch, pageNumber, plainRow, prefetch, read, said, scene } from '../builders/artifact-scene'
import { PLAYERS } from '../builders/artifact-players'

const pages = (...numbers: number[]): bigint[] => numbers.map(pageNumber)

describe.each(PLAYERS)('TLBs of the artifact profile, %s', (_, play) => {
  const tlbAfter = async (accessed: bigint[]): Promise<Readonly<Record<string, readonly number[]>>> =>
    said(
      await play(
        scene(
          [...new Set(accessed)].map((page) => plainRow(page)),
          accessed.map((a) => read(a))
        )
      )
    ).tlb

  it('give the least used entry up, of equals the one in the lowest way', async () => {
    expect((await tlbAfter(pages(0, 16, 32, 48, 64, 16))).L1D).toEqual([1, 5, 0])
    expect((await tlbAfter(pages(0, 16, 32, 48, 64, 0))).L1D).toEqual([0, 6, 0])
    expect((await tlbAfter(pages(0, 0, 16, 32, 48, 64, 0))).L1D).toEqual([2, 5, 0])
    expect((await tlbAfter(pages(0, 0, 16, 32, 48, 64, 16))).L1D).toEqual([1, 6, 0])
  })

  it('count uses in the second level only when the first misses', async () => {
    const others = Array.from({ length: 12 }, (_, n) => 128 * (n + 1))
    const accessed = pages(0, 0, 0, 0, 0, ...others)
    const rows = [...new Set(accessed)].map((page) => plainRow(page))
    const records = [...accessed.map((page) => read(page)), fetch(0n), read(0n)]
    const { tlb, walks } = said(await play(scene(rows, records)))
    // The first page left L2 although it was used five times, but not the first level.
    expect(tlb).toEqual({ L1I: [0, 1, 0], L1D: [5, 13, 0], L2: [0, 14, 5] })
    expect(Object.values(walks).reduce((sum, count) => sum + count, 0)).toBe(14)
  })

  it('look up only the first page of an access that crosses', async () => {
    const { tlb } = said(
      await play(
        scene(
          pages(0, 1).map((page) => plainRow(page)),
          [read(4095n, 2)]
        )
      )
    )
    expect(tlb.L1D).toEqual([0, 1, 0])
  })

  it('are passed by a software prefetch, which walks each time', async () => {
    const { tlb, walks } = said(await play(scene([plainRow(0n)], [read(0n), prefetch(0n), prefetch(0n)])))
    expect(tlb).toEqual({ L1I: [0, 0, 0], L1D: [0, 1, 0], L2: [0, 1, 0] })
    expect(walks).toEqual({ 'MEMORY,MEMORY,MEMORY,MEMORY': 1, 'L1,L1,L1,L1': 2 })
  })

  it('are filled by a page that is not mapped', async () => {
    const text = await play(scene([], [read(0n), read(8n)]))
    expect(said(text)).toEqual({ tlb: { L1I: [0, 0, 0], L1D: [1, 1, 0], L2: [0, 1, 1] }, walks: {} })
  })
})

describe.each(PLAYERS)('the warm-up of the artifact profile, %s', (_, play) => {
  const rows = [0, 1, 2, 3].map((n) => plainRow(pageNumber(n)))
  const after = async (warmup: number, accessed = [0, 1, 2, 3]): Promise<number[]> => {
    const records = accessed.map((n) => read(pageNumber(n)))
    const { tlb, walks } = said(await play(scene(rows, records, { warmup })))
    return [Object.values(walks).reduce((sum, count) => sum + count, 0), tlb.L1D[1]]
  }

  it('clears the walks after half as many records, when it is even', async () => {
    expect(await after(0)).toEqual([4, 4])
    expect(await after(2)).toEqual([3, 2])
    expect(await after(4)).toEqual([2, 0])
    expect(await after(8)).toEqual([0, 4])
    expect(await after(10)).toEqual([4, 4])
  })

  it('never clears the walks when it is odd, but the TLBs’ counters after so many records', async () => {
    expect(await after(1)).toEqual([4, 3])
    expect(await after(3)).toEqual([4, 1])
    expect(await after(7)).toEqual([4, 4])
  })

  it('ticks once for a record that is dropped', async () => {
    expect(await after(2, [9, 0, 1, 2])).toEqual([3, 2])
    expect(await after(3, [9, 0, 1, 2])).toEqual([2, 1])
  })

  it('leaves out software prefetches, which do not reach the TLBs', async () => {
    const records = [prefetch(0n), ...[0, 1, 2].map((n) => read(pageNumber(n)))]
    expect(said(await play(scene(rows, records, { warmup: 2 }))).tlb.L1D).toEqual([0, 1, 0])
  })
})
