import type { FileStream } from '@main/lab/ports'
import { openStream } from '@main/store/open-stream'
import { readMemoryMap } from '@main/traces/memory-map'
import { openTraceSource, type OpenedTrace } from '@main/traces/trace-source'
import { summarizeTrace } from '@main/traces/trace-summary'
import { surveyTrace } from '@main/traces/trace-survey'
import type { AccessSource, Area } from '@main/workloads/workload'
import { pageFrom } from '@shared/address/address'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import { UserError } from '@shared/model/user-error'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { areaOf, take, visit } from '../builders/a-stream'
import { aFile, fixturePath, fixtureText, FIXTURES } from '../builders/a-trace'

const SMALL = 'I  00001000,3\n L 00005ffc,8\n M 00007000,4\n'
const NO_TRACE =
  /^(this is no trace the lab knows|the file is empty|there is no record of the format lackey in it) \(a\.lackey\), give one recorded as Help/

const openText = (text: string, changes: { loop?: boolean; map?: string } = {}): Promise<OpenedTrace> =>
  openTraceSource({
    openTrace: () => Promise.resolve(aFile(text, 5)),
    openMap: changes.map === undefined ? null : () => Promise.resolve(aFile(changes.map ?? '', 9, 'a.maps')),
    format: 'auto',
    levels: 4,
    loop: changes.loop ?? false
  })

const openFixture = (name: string, mapped: boolean): Promise<OpenedTrace> =>
  openTraceSource({
    openTrace: () => openStream(fixturePath(`${name}.lackey.gz`)),
    openMap: mapped ? () => openStream(fixturePath(`${name}.maps`)) : null,
    format: 'auto',
    levels: 4,
    loop: false
  })

describe('a trace as a source', () => {
  it('ends with its file', async () => {
    const { source, info } = await openText(SMALL)
    const accesses = await take(source, 100)
    expect(accesses.map((a) => [a.kind, a.page])).toEqual([
      [2, 1],
      [0, 5],
      [0, 7],
      [1, 7]
    ])
    expect(await take(source, 10)).toEqual([])
    expect(info).toMatchObject({
      kind: 'trace',
      id: 'lackey',
      records: 3,
      name: 'a.lackey',
      areas: 'inferred'
    })
  })

  it('starts over at the end when it loops, whatever the batch size', async () => {
    const once = await take((await openText(SMALL)).source, 4)
    for (const batchSize of [1, 3, 4, 100]) {
      const looped = await take((await openText(SMALL, { loop: true })).source, 22, batchSize)
      expect(looped).toEqual(Array.from({ length: 22 }, (_, i) => once[i % 4]))
    }
  })

  it('takes its areas from the memory map when it has one', async () => {
    const { source, info } = await openText(SMALL, { map: '1000-9000 rwxp 00000000 00:00 0 \n' })
    expect(source.areas).toMatchObject([{ start: 1, pages: 8, origin: 'map' }])
    expect(info.areas).toBe('mapped')
  })

  it('infers areas that hold every page, the second of a crossing access as well', async () => {
    const { source } = await openText(SMALL)
    expect(source.areas).toMatchObject([
      { start: 1, pages: 1, executable: true },
      { start: 5, pages: 3, writable: true, origin: 'inferred' }
    ])
  })

  it('counts instructions by its fetches, or assumes them when it has none', async () => {
    expect((await openText(SMALL)).source.instructionsPerReference).toBe(0)
    expect((await openText(' L 00005000,8\n')).source.instructionsPerReference).toBe(3)
  })

  it('gives back its file when it is closed early', async () => {
    let open = 0
    const counted = (): FileStream => {
      const file = aFile(SMALL.repeat(20_000), 1000)
      async function* chunks(): AsyncGenerator<Uint8Array> {
        open++
        try {
          yield* file.chunks()
        } finally {
          open--
        }
      }
      return { ...file, chunks }
    }
    const { source } = await openTraceSource({
      openTrace: () => Promise.resolve(counted()),
      openMap: null,
      format: 'lackey',
      levels: 4,
      loop: false
    })
    expect(open).toBe(0)
    await take(source, 10, 10)
    expect(open).toBe(1)
    await source.close?.()
    expect(open).toBe(0)
    expect(await take(source, 10)).toEqual([])
  })

  it.each([
    '',
    'It was a dark and stormy night.\n',
    '==1== Lackey\n==1== \n',
    '\u0000\u0001\u0002'.repeat(100)
  ])('is refused when it is none (%j)', async (text) => {
    await expect(openText(text)).rejects.toThrow(NO_TRACE)
  })

  it('is refused with a bad map before the trace is read', async () => {
    const map = '1000-3000 rw-p 00000000 00:00 0 \n2000-4000 rw-p 00000000 00:00 0 \n'
    await expect(openText(SMALL, { map })).rejects.toThrow(/line 2 overlaps the one in line 1 \(a\.maps\)/)
  })

  it('is refused when it touches more of the address space than can be kept', async () => {
    const lines = Array.from({ length: 2 ** 19 + 1 }, (_, i) => ` L ${(i * 2 ** 21).toString(16)},1\n`)
    const survey = surveyTrace(aFile(lines.join(''), 65_536), { format: 'auto', levels: 5 })
    await expect(survey).rejects.toThrow(/more than 524,288 regions of 2 MiB \(a\.lackey\)/)
    await expect(survey).rejects.toBeInstanceOf(UserError)
  })
})

interface Touch {
  readonly page: number
  readonly kind: number
  readonly area: Area | undefined
}

/** Distinct pages and kinds of access that no area, or no permission of it, allows. */
async function permissionBreaches(source: AccessSource): Promise<Touch[]> {
  const seen = new Set<number>()
  await visit(source, (batch, i) => seen.add(4 * pageFrom(batch.high[i], batch.low[i]) + batch.kind[i]))
  const isAllowed = ({ kind, area }: Touch): boolean =>
    area !== undefined && (kind === FETCH ? area.executable : kind !== STORE || area.writable)
  return [...seen]
    .map((key) => ({ page: Math.floor(key / 4), kind: key % 4 }))
    .map(({ page, kind }) => ({ page, kind, area: areaOf(source.areas, page) }))
    .filter((touch) => !isAllowed(touch))
}

describe.each(FIXTURES)('%s.lackey.gz', (name) => {
  it('is summarized as an independent pass counts it', async () => {
    const tags = new Map<string, number>()
    const pages = new Set<number>()
    // Addresses of the recordings have 37 bits: numbers hold them exactly.
    const pageAt = (address: number): number => Math.floor(address / 4096)
    for (const [, tag, hex, size] of fixtureText(name).matchAll(/^(I | S| L| M) +([0-9a-f]+),(\d+)$/gm)) {
      const address = Number(`0x${hex}`)
      tags.set(tag, (tags.get(tag) ?? 0) + 1)
      pages.add(pageAt(address))
      pages.add(pageAt(address + Number(size) - 1))
    }
    const count = (...wanted: string[]): number => wanted.reduce((sum, tag) => sum + (tags.get(tag) ?? 0), 0)
    expect(await summarizeTrace(await openStream(fixturePath(`${name}.lackey.gz`)))).toMatchObject({
      schema: 'dmt-lab/trace@1',
      format: 'lackey',
      records: count('I ', ' L', ' S', ' M'),
      fetches: count('I '),
      loads: count(' L', ' M'),
      stores: count(' S', ' M'),
      badLines: 0,
      pages4K: pages.size,
      firstBadLines: []
    })
  })

  let opened: Promise<OpenedTrace> | undefined
  /** Opening reads all of the trace: once is enough for what reads it and for what is known of it. */
  const mapped = (): Promise<OpenedTrace> => (opened ??= openFixture(name, true))

  // The map is a snapshot: what was unmapped or made read-only before it was taken shows as a breach.
  it('stays inside its map but for reads of what was unmapped and writes of what was made read-only', async () => {
    const breaches = await permissionBreaches((await mapped()).source)
    expect(breaches.every(({ kind, area }) => kind === (area ? STORE : LOAD))).toBe(true)
    expect(breaches.length).toBeLessThan(30)
  })

  it('stays inside its inferred areas and their permissions', async () => {
    const { source } = await openFixture(name, false)
    expect(await permissionBreaches(source)).toEqual([])
  })

  it('has the digest of the file on disk', async () => {
    const disk = readFileSync(fixturePath(`${name}.lackey.gz`))
    expect((await mapped()).info.sha256).toBe(createHash('sha256').update(disk).digest('hex'))
  })
})

describe('the map of list-chase', () => {
  it('has one area large enough for a TEA', async () => {
    const { areas } = await readMemoryMap(await openStream(fixturePath('list-chase.maps')), 4)
    const large = areas.filter((area) => area.pages * 4096 >= 64 * 2 ** 20)
    expect(large.map((area) => Math.floor(area.pages / 256))).toEqual([117])
  })
})
