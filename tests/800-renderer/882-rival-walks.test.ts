import { describe, expect, it } from 'vitest'
import type { WalkRecord } from '@shared/model/walk-record'
import { sameEntries } from '@renderer/walk/same-entry'
import { stepMeans } from '@renderer/walk/step-words'
import { walkGrid, type GridCell } from '@renderer/walk/walk-grid'
import { whySlow } from '@renderer/walk/why-slow'
import { asap, ecpt, fpt } from '../builders/fake-rival-walks'
import { aWalk } from '../builders/walk-records'

type StepCell = Extract<GridCell, { kind: 'step' }>

const cellsOf = (record: WalkRecord, other?: WalkRecord): StepCell[] =>
  walkGrid(other ? [record, other] : [record]).sections.flatMap(({ rows }) =>
    rows.flatMap((row) => row.lanes[0].cells.filter((cell): cell is StepCell => cell.kind === 'step'))
  )

const meansOf = (record: WalkRecord): string[] =>
  cellsOf(record).map((cell) => stepMeans(cell.step, cell.beside))

describe('walks whose steps are no radix reads', () => {
  it.each([
    ['ECPT', ecpt()],
    ['FPT', fpt()],
    ['ASAP', asap()]
  ])('%s has every step in one cell, and no two cells in one place', (_, record) => {
    const numbers = cellsOf(record).flatMap(({ step, beside }) => [step, ...beside].map(({ n }) => n))
    expect(numbers.sort((a, b) => a - b)).toEqual(record.steps.map(({ n }) => n))
    for (const { rows } of walkGrid([record, record]).sections)
      for (const { lanes } of rows) {
        const columns = lanes[0].cells.map(({ column }) => column)
        expect(new Set(columns).size).toBe(columns.length)
      }
  })

  it('say how many probes are made at once, both levels of a node, and what is prefetched', () => {
    expect(meansOf(ecpt())).toEqual(['3 probes', '2 probes', '3 probes'])
    expect(new Set(meansOf(fpt()))).toEqual(new Set(['node 4+3', 'node 2+1']))
    expect(meansOf(asap()).filter((means) => means === 'prefetch')).toHaveLength(2)
  })

  it('name both levels over the columns of nodes', () => {
    const { columns } = walkGrid([fpt()]).lanes[0]
    expect(columns.map(({ label }) => label)).toEqual(['levels 4, 3', 'levels 2, 1', 'entry'])
  })

  it('read no entry of the radix tables in nodes and ways', () => {
    expect(sameEntries(fpt(), aWalk(), 'L1').size).toBe(0)
    expect(sameEntries(ecpt(), aWalk(), 'L1').size).toBe(0)
  })

  it.each([
    ['FPT', fpt(), 'its nodes hold two levels each'],
    ['ECPT', ecpt(), 'it finds entries by a hash of the address']
  ])('are why %s does without reads of radix', (_, record, why) => {
    const slow = aWalk({ hit: () => 'MEMORY' })
    const words = whySlow([slow, record])
      .flat()
      .map((phrase) => (phrase.kind === 'step' ? '' : phrase.text))
      .join('')
    expect(words).toContain(why)
  })
})
