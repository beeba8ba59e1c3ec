import { inferAreas } from '@main/traces/infer-areas'
import { TouchedPages } from '@main/traces/touched-pages'
import { pageHigh, pageLow } from '@shared/address/address'
import { FETCH, LOAD, STORE, type AccessKind } from '@shared/model/access'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aBatch } from '../builders/a-stream'

const touch = (pages: TouchedPages, page: number, kind: AccessKind = LOAD): boolean =>
  pages.touch(pageHigh(page), pageLow(page), kind)

function touched(...accesses: [number, AccessKind][]): TouchedPages {
  const pages = new TouchedPages()
  for (const [page, kind] of accesses) touch(pages, page, kind)
  return pages
}

function seenIn(pages: TouchedPages): [number, boolean, boolean][] {
  const seen: [number, boolean, boolean][] = []
  pages.forEach((...one) => seen.push(one))
  return seen
}

const aPage = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 2 ** 45 - 2 }))
const aKind = fc.constantFrom<AccessKind>(LOAD, STORE, FETCH)

describe('touched pages', () => {
  it('are those touched, each once, ascending, with what was done to them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(aPage, aKind), { maxLength: 400 }), (accesses) => {
        const pages = touched(...accesses)
        const did = (page: number, kind: AccessKind): boolean =>
          accesses.some(([p, k]) => p === page && k === kind)
        const distinct = [...new Set(accesses.map(([page]) => page))].sort((a, b) => a - b)
        const seen: [number, boolean, boolean][] = []
        pages.forEach((page, written, executed) => seen.push([page, written, executed]))
        expect(seen).toEqual(distinct.map((page) => [page, did(page, STORE), did(page, FETCH)]))
        expect(pages.count).toBe(distinct.length)
      })
    )
  })

  it('are the same when they come in batches, with the second page of those that cross', () => {
    const anAccess = fc.tuple(
      aPage,
      aKind,
      fc.integer({ min: 0, max: 4095 }),
      fc.integer({ min: 1, max: 255 })
    )
    fc.assert(
      fc.property(fc.array(anAccess, { maxLength: 300 }), (accesses) => {
        const batch = aBatch(accesses.length)
        accesses.forEach(([page, kind, offset, size], i) => {
          batch.high[i] = pageHigh(page)
          batch.low[i] = pageLow(page)
          batch.kind[i] = kind
          batch.offset[i] = offset
          batch.size[i] = size
        })
        const inBatches = new TouchedPages()
        expect(inBatches.touchAll(batch, accesses.length)).toBe(accesses.length)
        const crosses = ([, , offset, size]: (typeof accesses)[number]): boolean => offset + size > 4096
        const oneByOne = touched(
          ...accesses.flatMap((access): [number, AccessKind][] => {
            const [page, kind] = access
            return crosses(access)
              ? [
                  [page, kind],
                  [page + 1, kind]
                ]
              : [[page, kind]]
          })
        )
        expect(seenIn(inBatches)).toEqual(seenIn(oneByOne))
        expect(inBatches.crossings).toBe(accesses.filter(crosses).length)
      })
    )
  })

  it('refuse a region too many and keep what they have', () => {
    const pages = new TouchedPages(2)
    expect([0, 512, 1024, 513].map((page) => touch(pages, page))).toEqual([true, true, false, true])
    expect(pages.count).toBe(3)
  })
})

describe('inferred areas', () => {
  it('hold pages less than a leaf table apart together, and part at a wider hole', () => {
    const areas = inferAreas(touched([10, LOAD], [521, LOAD], [522 + 512, LOAD]))
    expect(areas).toMatchObject([
      { start: 10, pages: 512, name: 'data', origin: 'inferred' },
      { start: 1034, pages: 1 }
    ])
  })

  it('keep code apart from data, and are writable when a page of theirs was written', () => {
    const areas = inferAreas(touched([1, FETCH], [2, FETCH], [3, LOAD], [4, STORE], [2000, LOAD]))
    expect(areas).toMatchObject([
      { start: 1, pages: 2, executable: true, writable: false, name: 'code' },
      { start: 3, pages: 2, executable: false, writable: true, name: 'data' },
      { start: 2000, pages: 1, executable: false, writable: false }
    ])
  })

  it('ascend without overlap, hold every page with its permissions, and begin and end on a touched one', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(aPage, aKind), { maxLength: 100 }), (accesses) => {
        const areas = inferAreas(touched(...accesses)) ?? []
        const pages = new Set(accesses.map(([page]) => page))
        areas
          .slice(1)
          .forEach((area, i) => expect(area.start).toBeGreaterThanOrEqual(areas[i].start + areas[i].pages))
        for (const area of areas)
          expect(pages.has(area.start) && pages.has(area.start + area.pages - 1)).toBe(true)
        for (const [page, kind] of accesses) {
          const area = areas.find((a) => page >= a.start && page < a.start + a.pages)
          expect(kind === FETCH ? area?.executable : kind !== STORE || area?.writable).toBe(true)
          expect(area).toBeDefined()
        }
      })
    )
  })

  it('are given up when no process could have as many', () => {
    const pages = new TouchedPages()
    for (let page = 0; page < 70_000; page++) touch(pages, page, page % 2 === 0 ? LOAD : FETCH)
    expect(inferAreas(pages)).toBeUndefined()
  })
})
