/**
 * The table of reads that the designs need at worst, as published, through the command line: references, and where they
 * differ the longest dependent chain of them. Nothing is cached, and every structure covers the address.
 */
import { describe, expect, it } from 'vitest'
import { OFFER } from '@main/lab/catalogue'
import { coldWalk } from '@main/lab/cold-walk'
import { lab } from '../builders/cli'

/** References, or references and critical ones; null where the cell is empty. */
type Cell = number | readonly [number, number] | null
type Row = readonly [environment: string, design: string, options: string, ...cells: Cell[]]

/** With 4K, 2M and 1G pages in every layer, and with 4K pages and 5 levels. */
const TABLE: readonly Row[] = [
  ['native', 'radix', '', 4, 3, 2, 5],
  ['native', 'fpt', 'fpt.folding=43-21', 2, 2, 1, 3],
  ['native', 'fpt', 'fpt.folding=32', 3, 2, 2, 4],
  ['native', 'fpt', 'fpt.folding=none', 4, 3, 2, 5],
  ['native', 'ecpt', 'ecpt.knowledge=way', 1, 1, null, 1],
  ['native', 'ecpt', 'ecpt.knowledge=size', [3, 1], [3, 1], null, [3, 1]],
  ['native', 'ecpt', 'ecpt.knowledge=none', [6, 1], [6, 1], null, [6, 1]],
  ['native', 'asap', '', [4, 2], [3, 2], [2, 2], [5, 3]],
  ['native', 'rmm', 'rmm.range=hit', 0, 0, 0, 0],
  ['native', 'rmm', 'rmm.range=miss', 4, 3, 2, 5],
  ['native', 'dmt', 'dmt.classes=1', 1, 1, 1, 1],
  ['native', 'dmt', 'dmt.classes=2', [2, 1], [2, 1], [2, 1], [2, 1]],
  ['virtualized', 'radix', '', 24, 15, 8, 35],
  ['virtualized', 'shadow', '', 4, 3, 2, 5],
  ['virtualized', 'fpt', '', 8, 8, 3, 15],
  ['virtualized', 'ecpt', 'ecpt.knowledge=way', 3, 3, null, 3],
  ['virtualized', 'ecpt', 'ecpt.knowledge=size', [15, 3], [15, 3], null, [15, 3]],
  ['virtualized', 'ecpt', 'ecpt.knowledge=none', [48, 3], [48, 3], null, [48, 3]],
  ['virtualized', 'asap', '', [24, 8], [15, 8], [8, 8], [35, 15]],
  ['virtualized', 'agile', 'agile.nestedLevels=0', 4, 3, 2, 5],
  ['virtualized', 'agile', 'agile.nestedLevels=1', 8, 6, 4, 10],
  ['virtualized', 'agile', 'agile.nestedLevels=2', 12, 9, 6, 15],
  ['virtualized', 'agile', 'agile.nestedLevels=3', 16, 12, null, 20],
  ['virtualized', 'agile', 'agile.nestedLevels=4', 20, null, null, 25],
  ['virtualized', 'agile', 'agile.nestedLevels=5', null, null, null, 30],
  ['virtualized', 'rmm', 'rmm.range=hit', 0, 0, 0, 0],
  ['virtualized', 'rmm', 'rmm.range=miss', 24, 15, 8, 35],
  ['virtualized', 'dmt', '', 3, 3, 3, 3],
  ['virtualized', 'pvdmt', '', 2, 2, 2, 2],
  ['nested', 'radix', '', 24, 15, 8, 35],
  ['nested', 'radix-3d', '', 124, 63, 26, 215],
  ['nested', 'shadow', '', 4, 3, 2, 5],
  ['nested', 'fpt', 'nested.fallback=shadow-ept', 8, 8, 3, 15],
  ['nested', 'fpt', 'nested.fallback=pure', 26, 26, 7, 63],
  ['nested', 'ecpt', 'ecpt.knowledge=way', 3, 3, null, 3],
  ['nested', 'ecpt', 'ecpt.knowledge=way nested.fallback=pure', 7, 7, null, 7],
  ['nested', 'rmm', 'rmm.range=hit', 0, 0, 0, 0],
  ['nested', 'rmm', 'rmm.range=miss', 24, 15, 8, 35],
  ['nested', 'dmt', '', 7, 7, 7, 7],
  ['nested', 'pvdmt', '', 3, 3, 3, 3]
]

const COLUMNS = ['4K', '2M', '1G', '5 levels'] as const
/** No count depends on the size of the area, but a page of 1 GiB wants a large one. */
const SMALL = '--option footprint=64MiB --option rmm.eager=64MiB'
const FLAGS: Record<(typeof COLUMNS)[number], string> = {
  '4K': SMALL,
  '2M': `--page-size 2M --host-page-size 2M ${SMALL}`,
  '1G': '--page-size 1G --host-page-size 1G',
  '5 levels': `--levels 5 ${SMALL}`
}

interface Printed {
  readonly references: number
  readonly criticalReferences: number
  readonly wastedReferences: number
  readonly steps: readonly unknown[]
}

async function walk(environment: string, design: string, options: string, flags: string): Promise<Printed> {
  const own = options.split(' ').filter((one) => one !== '')
  const args = ['walk', '--environment', environment, '--design', design, '--json']
  const all = [
    ...args,
    ...own.flatMap((one) => ['--option', one]),
    ...flags.split(' ').filter((one) => one !== '')
  ]
  const { code, stdout, stderr } = await lab(all, { offer: OFFER, coldWalk })
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return JSON.parse(stdout) as Printed
}

describe('lab walk', () => {
  const cells = TABLE.flatMap(([environment, design, options, ...row]) =>
    row.flatMap((cell, i) => {
      if (cell === null) return []
      const [references, critical] = typeof cell === 'number' ? [cell, cell] : cell
      return [{ environment, design, options, column: COLUMNS[i], references, critical }]
    })
  )

  it.each(cells)(
    '$environment $design $options, $column: $references references, $critical critical',
    async ({ environment, design, options, column, references, critical }) => {
      const printed = await walk(environment, design, options, FLAGS[column])
      expect([printed.references, printed.criticalReferences]).toEqual([references, critical])
      expect(printed.wastedReferences).toBe(0)
      expect(printed.steps).toHaveLength(references)
    }
  )

  it.each([
    ['4K', '4K', 4, 20, 21],
    ['2M', '4K', 4, 16, 17],
    ['1G', '4K', 4, 12, 13],
    ['4K', '2M', 4, 19, 19],
    ['4K', '4K', 5, 30, 31]
  ])(
    'hugegpt, %s pages over %s, %i levels: %i, without the root %i',
    async (own, host, levels, all, excluded) => {
      const flags = `--page-size ${own} --host-page-size ${host} --levels ${levels}`
      expect((await walk('virtualized', 'hugegpt', '', flags)).references).toBe(all)
      expect((await walk('virtualized', 'hugegpt', 'hugegpt.root=excluded', flags)).references).toBe(excluded)
    }
  )

  it.each(['native', 'virtualized'])('%s ecpt has no 1 GiB pages, and says why', async (environment) => {
    const flags = ['--page-size', '1G']
    const args = ['walk', '--environment', environment, '--design', 'ecpt', ...flags]
    const { code, stdout, stderr } = await lab(args, { offer: OFFER, coldWalk })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^lab: ecpt has no 1G pages: .+\n$/)
  })
})
