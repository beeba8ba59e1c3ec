import { describe, expect, it } from 'vitest'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { designPicture } from '@renderer/help/design-picture'
import { countWords, notReadWords } from '@renderer/help/fetch-words'
import { findDesigns } from '@renderer/help/find-designs'
import { lackedSize } from '@renderer/help/meaning'
import { pictureLayout, type Box } from '@renderer/help/picture-layout'
import { timeSlots } from '@shared/model/time-slots'
import { asap, ecpt, fpt } from '../builders/fake-rival-walks'
import { CATALOGUE } from '../builders/fake-catalogue'
import * as walks from '../builders/walk-records'

const drawn = [
  ...Object.entries({ ecpt, fpt, asap }).map(([title, of]) => ({ title, record: of() })),
  { title: 'radix, native', record: walks.nativeRadix() },
  { title: 'radix, virtualized', record: walks.aWalk() },
  { title: 'radix, three dimensions', record: walks.nestedRadix3d() },
  { title: 'radix, nested', record: walks.nestedShadow() },
  { title: 'DMT, nested', record: walks.nestedDmt() },
  { title: 'pvDMT, virtualized', record: walks.pvdmt() },
  { title: 'DMT that fell back', record: walks.dmt({ wasted: true }) },
  { title: 'a fault', record: walks.aWalk({ faultAt: 7 }) },
  { title: 'no step', record: { ...walks.aWalk(), steps: [] } }
]

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('time of a walk', () => {
  it('puts parallel probes into one slot', () => {
    expect(timeSlots(ecpt())).toEqual([1, 1, 1, 2, 2, 3, 3, 3])
  })

  it('lets a prefetch run beside the reads', () => {
    const record = asap()
    const slots = timeSlots(record)
    expect(record.steps.flatMap(({ by }, i) => (by === 'prefetch' ? [slots[i]] : []))).toEqual([1, 1])
  })
})

describe('the picture of a design', () => {
  it.each(drawn)('of $title has every fetch once, and no cell over another', ({ record }) => {
    const picture = designPicture(record)
    const numbers = picture.cells.flatMap(({ fetches }) => fetches).sort((a, b) => a - b)
    expect(numbers).toEqual(record.steps.map(({ n }) => n))
    const { cells, width, height, bands } = pictureLayout(picture)
    for (const [i, cell] of cells.entries()) {
      expect(cell.x + cell.width).toBeLessThanOrEqual(width)
      expect(cell.y + cell.height).toBeLessThanOrEqual(height)
      for (const other of cells.slice(i + 1)) expect(overlap(cell, other)).toBe(false)
    }
    for (const [i, band] of bands.entries())
      for (const other of bands.slice(i + 1)) expect(overlap(band, other)).toBe(false)
  })

  it.each(drawn)('of $title keeps the cells of a layer in its band', ({ record }) => {
    const picture = designPicture(record)
    for (const cell of picture.cells) expect(picture.rows[cell.row].layer).toBe(cell.layer)
  })

  it.each(drawn)('of $title runs to the right', ({ record }) => {
    const { cells, chain } = designPicture(record)
    const columns = chain.map((cell) => cells[cell].column)
    expect(columns).toEqual([...columns].sort((a, b) => a - b))
  })

  it('folds the 24 reads of two dimensions into five columns of the host’s levels', () => {
    const picture = designPicture(walks.aWalk())
    expect(picture.isFolded).toBe(true)
    expect(picture.columns.map(({ group }) => group)).toEqual([
      'L1 level 4',
      'L1 level 3',
      'L1 level 2',
      'L1 level 1',
      'page'
    ])
    expect(picture.rows.map(({ label }) => label)).toEqual(['level 4', 'level 3', 'level 2', 'level 1', ''])
  })

  it('folds the 124 reads of three into 25 columns that stay readable', () => {
    const picture = designPicture(walks.nestedRadix3d())
    expect(picture.columns).toHaveLength(25)
    expect(pictureLayout(picture).width).toBeLessThan(960)
  })

  it('draws parallel probes as one cell that says how many, and both levels of a node', () => {
    expect(designPicture(ecpt()).cells.map(({ means }) => means)).toEqual([
      '3 probes',
      '2 probes',
      '3 probes'
    ])
    expect(designPicture(fpt()).cells[0].table).toBe('levels 4 and 3')
  })
})

describe('the sum of a walk in words', () => {
  it('says what is waited for and what runs beside it', () => {
    expect(countWords(walks.aWalk())).toBe('24 references, one after another.')
    expect(countWords(ecpt())).toBe(
      '8 references. The walk waits for 3 of them, one after another; the other 5 run beside them.'
    )
    const nothing: readonly WalkStep[] = []
    const free: WalkRecord = { ...walks.aWalk(), steps: nothing, references: 0, criticalReferences: 0 }
    expect(countWords(free)).toContain('No reference')
  })
})

describe('layers that a walk leaves out', () => {
  it('are named where others are read', () => {
    expect(notReadWords(walks.nestedShadow(), 'nested')).toBe('No table of L1 is read.')
    expect(notReadWords(walks.aWalk(), 'virtualized')).toBe('')
    expect(notReadWords({ steps: [] }, 'virtualized')).toBe('')
  })
})

describe('what a design has no meaning or no pages for', () => {
  const folded = CATALOGUE.designs.find(({ id }) => id === 'folded')
  const sizes = { environment: 'virtualized', pageSize: '4K', hostPageSize: '1G' } as const

  it('is a page size of any layer that it lacks, with the reason', () => {
    expect(folded && lackedSize(folded, sizes)?.words).toBe(
      'no 1 GiB pages: a node has no entry of that size'
    )
    expect(folded && lackedSize(folded, { ...sizes, hostPageSize: '2M' })).toBeNull()
  })

  it('is not a host’s page size where there is no host', () => {
    expect(folded && lackedSize(folded, { ...sizes, environment: 'native' })).toBeNull()
  })
})

describe('the search for designs', () => {
  const ids = (query: string): string[] => findDesigns(CATALOGUE.designs, query).map(({ id }) => id)

  it('finds by any word of what is said, all words needed', () => {
    expect(ids('')).toHaveLength(CATALOGUE.designs.length)
    expect(ids('PVDMT')).toEqual(['pvdmt'])
    expect(ids('nobody cooperate')).toEqual(['pvdmt'])
    expect(ids('nobody submarine')).toEqual([])
  })
})
