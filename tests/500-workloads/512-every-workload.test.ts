import { WORKLOADS } from '@main/workloads/index'
import { UserError } from '@shared/model/user-error'
import { FETCH, STORE } from '@shared/model/access'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aBatch, aStreamSpec, areaOf, take, type Access } from '../builders/a-stream'

/** The seed has no part in these. */
const UNSEEDED = new Set(['gups', 'sequential', 'strided'])
/** The least footprint in bytes of those that do not open with one page. */
const LEAST_BYTES = new Map([
  ['btree', Math.ceil(128 * (32 + (1 / 8 + 1 / 224 + 1 / 128) * 368))],
  ['redis', 64 * (256 + 8)],
  ['memcached', 2 ** 20 + 2 ** 19],
  ['canneal', 64 * (88 + 8 + 80 + 16 * 8)],
  ['graph500', 16 * 100 * 8],
  ['xsbench', 2 * 355 * (48 + 16 + 4 * 355)]
])
const SMALL = 3 * 2 ** 20
const GIB_PAGES = 2 ** 18

/** Thousands of accesses are compared at once, as lines. */
const asText = (accesses: readonly Access[]): string =>
  accesses.map(({ kind, size, page, offset }) => `${kind} ${size} ${page} ${offset}`).join('\n')

describe.each(WORKLOADS)('$info.id', (workload) => {
  const least = LEAST_BYTES.get(workload.info.id) ?? 4096

  it.each([least, SMALL, 3 * 2 ** 30, 2 ** 40])(
    'stays inside its areas and their permissions (%i bytes)',
    async (footprint) => {
      const source = workload.open(aStreamSpec({ footprint }))
      const outside = (await take(source, 20_000)).filter(({ page, kind, offset, size }) => {
        const area = areaOf(source.areas, page)
        const allowed = kind === FETCH ? area?.executable : kind !== STORE || area?.writable
        return area === undefined || !allowed || offset + size > 4096
      })
      expect(outside).toEqual([])
    }
  )

  it('lays its areas out in order, apart, in the user half, the largest at a multiple of 1 GiB', () => {
    const { areas } = workload.open(aStreamSpec({ footprint: '5GiB' }))
    areas
      .slice(1)
      .forEach((area, i) => expect(area.start).toBeGreaterThanOrEqual(areas[i].start + areas[i].pages))
    const last = areas[areas.length - 1]
    expect(last.start + last.pages).toBeLessThan(2 ** 35)
    const main = areas.reduce((a, b) => (b.pages > a.pages ? b : a))
    expect(main.start % GIB_PAGES).toBe(0)
  })

  it('gives the same stream for the same seed, whatever the batch size', async () => {
    const streamIn = async (batchSize: number): Promise<string> =>
      asText(await take(workload.open(aStreamSpec({ footprint: SMALL, seed: 7 })), 2000, batchSize))
    const whole = await streamIn(2000)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), async (batchSize) => {
        expect(await streamIn(batchSize)).toBe(whole)
      }),
      { numRuns: 10 }
    )
  })

  it('gives another stream for another seed where chance has a part in it', async () => {
    const one = asText(await take(workload.open(aStreamSpec({ footprint: SMALL, seed: 1 })), 1000))
    const two = asText(await take(workload.open(aStreamSpec({ footprint: SMALL, seed: 2 })), 1000))
    if (UNSEEDED.has(workload.info.id)) expect(two).toBe(one)
    else expect(two).not.toBe(one)
  })

  it('writes nothing outside the part of the batch it was given', async () => {
    const source = workload.open(aStreamSpec({ footprint: SMALL }))
    const batch = aBatch(100)
    for (const column of [batch.kind, batch.size, batch.offset, batch.high, batch.low]) column.fill(99)
    expect(await source.fill(batch, 40, 60)).toBe(60)
    for (const column of [batch.kind, batch.size, batch.offset, batch.high, batch.low]) {
      expect([...column.slice(0, 40), ...column.slice(60)].every((value) => value === 99)).toBe(true)
    }
  })

  it.each([0, least - 1, 2 ** 46])('refuses a footprint of %i bytes in one line', (footprint) => {
    expect(() => workload.open(aStreamSpec({ footprint }))).toThrow(UserError)
  })
})
