import { describe, expect, it } from 'vitest'
import {
  apart,
  fetch,
  GIB,
  MIB,
  pageNumber,
  plainRow,
  prefetch,
  read,
  row,
  said,
  scene
} from '../builders/artifact-scene'
import { PLAYERS } from '../builders/artifact-players'
import type { DumpRow } from '../builders/naive-artifact-walk'

const pages = (...numbers: number[]): bigint[] => numbers.map(pageNumber)
const TIB = 1024n * GIB

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

describe.each(PLAYERS)('page walk caches of the artifact profile, %s', (_, play) => {
  const walksOf = async (addresses: bigint[]): Promise<Readonly<Record<string, number>>> =>
    said(
      await play(
        scene(
          addresses.map((page) => plainRow(page)),
          addresses.map((a) => read(a))
        )
      )
    ).walks
  const beginnings = (walks: Readonly<Record<string, number>>): string[] =>
    Object.keys(walks)
      .map((steps) => steps.replace(/(,?(MEMORY|L1|L2|LLC))+$/, ''))
      .filter((steps) => steps !== '')

  it('do not find the entry they served last', async () => {
    expect(beginnings(await walksOf(pages(0, 1, 2, 3)))).toEqual([])
  })

  it('reach 16 MiB with an entry of level 3', async () => {
    expect(beginnings(await walksOf([0n, 16n * MIB, 16n * MIB - 4096n]))).toEqual(['ZERO,ZERO,PWC'])
    expect(beginnings(await walksOf([0n, 16n * MIB, 32n * MIB]))).toEqual([])
  })

  it('reach 8 GiB with an entry of level 2', async () => {
    expect(beginnings(await walksOf([0n, 8n * GIB, 8n * GIB - 4096n]))).toEqual(['ZERO,PWC'])
    expect(beginnings(await walksOf([0n, 8n * GIB, 16n * GIB]))).toEqual([])
  })

  it('reach 4 TiB with an entry of level 1', async () => {
    expect(beginnings(await walksOf([0n, 4n * TIB, 4n * TIB - 4096n]))).toEqual(['PWC'])
    expect(beginnings(await walksOf([0n, 4n * TIB, 8n * TIB]))).toEqual([])
  })

  it('hold one, four and four entries a set', async () => {
    const after = async (step: bigint, others: number, last: bigint): Promise<string[]> => {
      const visited = Array.from({ length: others + 1 }, (_, n) => BigInt(n) * step)
      return beginnings(await walksOf([...visited, last]))
    }
    expect(await after(128n * MIB, 3, 4096n)).toEqual(['ZERO,ZERO,PWC'])
    expect(await after(128n * MIB, 4, 4096n)).toEqual([])
    expect(await after(8n * GIB, 3, 16n * MIB)).toEqual(['ZERO,PWC'])
    expect(await after(8n * GIB, 4, 16n * MIB)).toEqual([])
    expect(await after(4n * TIB, 1, 8n * GIB)).toEqual(['PWC'])
    expect(await after(8n * TIB, 1, 8n * GIB)).toEqual([])
  })
})

describe.each(PLAYERS)('walks of the artifact profile, %s', (_, play) => {
  /** Maps each table and data page of a guest page to a host page of its own, through one set of host tables. */
  const hosted = (guest: readonly DumpRow[]): DumpRow[] =>
    [...new Set(guest.flatMap(({ tables, base }) => [...tables, base]))].map((page, n) =>
      row(page, [apart(0), apart(1), apart(2), apart(3)], apart(4 + n))
    )
  const guestRow = (page: bigint, n = 5): DumpRow =>
    row(page, [pageNumber(1), pageNumber(2), pageNumber(3), pageNumber(4)], pageNumber(n))

  it('ask the host for each guest table and then for the data', async () => {
    const guest = [guestRow(0n)]
    const { walks } = said(await play(scene(guest, [read(0n)], { host: hosted(guest) })))
    const first = 'MEMORY,MEMORY,MEMORY,MEMORY,MEMORY'
    const next = 'L1,L1,L1,L1,MEMORY'
    expect(walks).toEqual({ [[first, next, next, next, 'L1,L1,L1,L1'].join(',')]: 1 })
  })

  it('skip the host for levels that the guest’s walk caches know', async () => {
    const guest = [0n, 16n * MIB, 4096n].map((page) => guestRow(page))
    const records = guest.map(({ page }) => read(page))
    const { walks } = said(await play(scene(guest, records, { host: hosted(guest) })))
    const zeros = Array<string>(14).fill('ZERO').join(',')
    expect(walks).toMatchObject({ [`${zeros},PWC,L1,L1,L1,L1,L1,L1,L1,L1,L1`]: 1 })
  })

  it('take the host’s tables from its walk caches, but never for the data', async () => {
    const far = 16n * MIB
    const guest = [row(0n, [pageNumber(1), far, pageNumber(2), far + 4096n], pageNumber(3))]
    const { walks } = said(await play(scene(guest, [read(0n)], { host: hosted(guest) })))
    const first = 'MEMORY,MEMORY,MEMORY,MEMORY,MEMORY'
    // 16 MiB higher, the second table has another entry of the host's level 2 table, in the next line.
    const [second, known] = ['L1,L1,L1,L1,MEMORY', 'ZERO,ZERO,PWC,L1,MEMORY']
    expect(walks).toEqual({ [[first, second, known, known, 'L1,L1,L1,L1'].join(',')]: 1 })
  })

  it('drop a record whose data the host does not map, but fill the TLB', async () => {
    const guest = [guestRow(0n)]
    const host = hosted(guest).filter(({ page }) => page !== pageNumber(5))
    const text = await play(scene(guest, [read(0n), read(0n)], { host }))
    expect(said(text)).toEqual({ tlb: { L1I: [0, 0, 0], L1D: [1, 1, 0], L2: [0, 1, 1] }, walks: {} })
  })

  it('stop at a guest table page that the host does not map', async () => {
    const guest = [guestRow(0n)]
    const host = hosted(guest).filter(({ page }) => page !== pageNumber(3))
    await expect(play(scene(guest, [read(0n)], { host }))).rejects.toThrow(/\b(0x)?3000\b/)
    await expect(play(scene(guest, [], { host }))).resolves.toContain('walks 0 distinct 0')
  })

  it('take the first of two rows of a page', async () => {
    const rows = [plainRow(0n), row(0n, [apart(0), apart(0), apart(0), apart(0)], apart(20)), plainRow(4096n)]
    const { walks } = said(await play(scene(rows, [read(0n), read(4096n)])))
    expect(walks).toEqual({ 'MEMORY,MEMORY,MEMORY,MEMORY': 1, 'L1,L1,L1,L1': 1 })
  })

  it('print steps in the order of the simulators, the first most significant', async () => {
    const rows = [0n, 16n * MIB, 4096n].map((page) => plainRow(page))
    const text = await play(scene(rows, [read(0n), read(16n * MIB), read(4096n)]))
    expect(text).toBe(
      [
        'TLB-L1I hits 0 misses 0 child_hits 0',
        'TLB-L1D hits 0 misses 3 child_hits 0',
        'TLB-L2 hits 0 misses 3 child_hits 0',
        'walks 3 distinct 3',
        '~~~~~~~~~~',
        'MEMORY,MEMORY,MEMORY,MEMORY,RANGE_HIT,\t1',
        'L1,L1,L1,L1,RANGE_HIT,\t1',
        'ZERO,ZERO,PWC,L1,RANGE_HIT,\t1',
        ''
      ].join('\n')
    )
  })
})

describe.each(PLAYERS)('frame numbers in a dump of the artifact profile, %s', (_, play) => {
  const guest = [row(4096n, [0x100n, 0x200n, 0x101n, 0x201n], 0x300n)]

  it('are byte addresses unless it is said what they are', async () => {
    expect(said(await play(scene(guest, [read(4096n)]))).walks).toEqual({ 'MEMORY,MEMORY,L1,L1': 1 })
    const flagged = await play(scene(guest, [read(4096n)], { frameNumbers: true }))
    expect(said(flagged).walks).toEqual({ 'MEMORY,MEMORY,MEMORY,MEMORY': 1 })
  })

  it('are in the first column of the host’s dump too', async () => {
    const numbers = [0x100n, 0x200n, 0x101n, 0x201n, 0x300n]
    const host = numbers.map((page) => plainRow(page))
    const count = async (frameNumbers: boolean): Promise<number> =>
      Object.keys(said(await play(scene(guest, [read(4096n)], { host, frameNumbers }))).walks).length
    expect(await count(true)).toBe(1)
    expect(await count(false)).toBe(0)
  })

  it('that are not shifted are looked up in the host by their page, and used as they are', async () => {
    const host = [plainRow(0n, apart(4))]
    const { walks } = said(await play(scene(guest, [read(4096n)], { host })))
    const first = 'MEMORY,MEMORY,MEMORY,MEMORY,MEMORY'
    // All guest tables are in one host page; the leaf's entry is the second of its table, in the same line.
    const next = 'L1,L1,L1,L1,L1'
    expect(walks).toEqual({ [[first, next, next, next, 'L1,L1,L1,L1'].join(',')]: 1 })
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

  it('counts a software prefetch as a record', async () => {
    const records = [prefetch(0n), read(0n), read(pageNumber(1))]
    expect(said(await play(scene(rows, records, { warmup: 2 }))).tlb.L1D).toEqual([0, 1, 0])
  })
})
