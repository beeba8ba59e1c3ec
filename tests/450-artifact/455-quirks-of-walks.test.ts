import { describe, expect, it } from 'vitest'
import { apart, lines, MIB, pageNumber, plainRow, read, row, said, scene } from '../builders/artifact-scene'
import { PLAYERS } from '../builders/artifact-players'
import type { DumpRow } from '../builders/naive-artifact-walk'

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

  it('move the entries of a guest table with the place the host maps its page to', async () => {
    const tables = [1, 2, 3, 4].map(pageNumber)
    const guestRow = row(0n, [tables[0], tables[1], tables[2], tables[3]], pageNumber(5))
    const places = [apart(9) + lines(8), apart(9), apart(9) + lines(9), apart(9) + lines(8)]
    const host = [...tables.map((page, n) => plainRow(page, places[n])), plainRow(pageNumber(5))]
    const { walks } = said(await play(scene([guestRow], [read(0n)], { host })))
    const steps = [
      'MEMORY,MEMORY,MEMORY,MEMORY,MEMORY',
      'L1,L1,L1,L1,MEMORY',
      'L1,L1,L1,L1,L1',
      'L1,L1,L1,L1,L1'
    ]
    expect(walks).toEqual({ [[...steps, 'L1,L1,L1,L1'].join(',')]: 1 })
  })
})
