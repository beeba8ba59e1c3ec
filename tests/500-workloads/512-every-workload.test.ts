import { WORKLOADS } from '@main/workloads/index'
import { UserError } from '@shared/model/user-error'
import { FETCH, STORE } from '@shared/model/access'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aBatch, aStreamSpec, areaOf, take } from '../builders/a-stream'

const SEEDED = new Set(['zipf', 'pointer-chase'])
const GIB_PAGES = 2 ** 18

describe.each(WORKLOADS)('$info.id', (workload) => {
  it.each(['4KiB', '1MiB', '3GiB', '1TiB'])(
    'stays inside its areas and their permissions (%s)',
    async (footprint) => {
      const source = workload.open(aStreamSpec({ footprint }))
      for (const access of await take(source, 20_000)) {
        const area = areaOf(source.areas, access.page)
        const allowed = access.kind === FETCH ? area?.executable : access.kind !== STORE || area?.writable
        expect(area !== undefined && allowed).toBe(true)
        expect(access.offset + access.size).toBeLessThanOrEqual(4096)
      }
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
    const whole = await take(workload.open(aStreamSpec({ footprint: '2MiB', seed: 7 })), 2000, 2000)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), async (batchSize) => {
        expect(
          await take(workload.open(aStreamSpec({ footprint: '2MiB', seed: 7 })), 2000, batchSize)
        ).toEqual(whole)
      }),
      { numRuns: 10 }
    )
  })

  it('gives another stream for another seed where chance has a part in it', async () => {
    const one = await take(workload.open(aStreamSpec({ footprint: '2MiB', seed: 1 })), 1000)
    const two = await take(workload.open(aStreamSpec({ footprint: '2MiB', seed: 2 })), 1000)
    if (SEEDED.has(workload.info.id)) expect(two).not.toEqual(one)
    else expect(two).toEqual(one)
  })

  it('writes nothing outside the part of the batch it was given', async () => {
    const source = workload.open(aStreamSpec({ footprint: '2MiB' }))
    const batch = aBatch(100)
    for (const column of [batch.kind, batch.size, batch.offset, batch.high, batch.low]) column.fill(99)
    expect(await source.fill(batch, 40, 60)).toBe(60)
    for (const column of [batch.kind, batch.size, batch.offset, batch.high, batch.low]) {
      expect([...column.slice(0, 40), ...column.slice(60)].every((value) => value === 99)).toBe(true)
    }
  })

  it.each([0, 4095, 2 ** 46])('refuses a footprint of %i bytes in one line', (footprint) => {
    expect(() => workload.open(aStreamSpec({ footprint }))).toThrow(UserError)
  })
})
