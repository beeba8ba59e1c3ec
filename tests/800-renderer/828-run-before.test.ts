/** Two runs side by side: what the one before was set to, and how far this one's numbers lie from it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resultRows } from '@renderer/charts/result-rows'
import { specChanges } from '@renderer/charts/spec-changes'
import { useRunBeforeStore } from '@renderer/stores/run-before'
import { labSpecSchema, type LabSpec, type SpecInput } from '@shared/model/spec'
import { COUNTERS, namedCounters, newCounters, type Counters } from '@shared/stats/counters'
import { HARDWARE } from '../builders/fake-catalogue'
import { aWindow } from './window-stores'

const specOf = (given: SpecInput): LabSpec => labSpecSchema.parse({ ...HARDWARE, ...given })

const counted = (walks: number): Counters => {
  const values = newCounters()
  values[COUNTERS.findIndex(({ id }) => id === 'walks')] = walks
  return namedCounters(values)
}

describe('specChanges()', () => {
  it('names every parameter that was given otherwise, and no other', () => {
    const given = {
      seed: fc.integer({ min: 0, max: 9 }),
      pageSize: fc.constantFrom('4K', '2M'),
      fragmentation: fc.constantFrom(0, 0.5),
      tea: fc.record({ minVmaMiB: fc.integer({ min: 1, max: 3 }) })
    }
    fc.assert(
      fc.property(fc.record(given), fc.record(given), (before, now) => {
        const paths = [
          ...(['seed', 'pageSize', 'fragmentation'] as const).filter((path) => before[path] !== now[path]),
          ...(before.tea.minVmaMiB === now.tea.minVmaMiB ? [] : ['tea.minVmaMiB'])
        ]
        const changes = specChanges(specOf(before), specOf(now))
        expect(changes.map(({ path }) => path).sort()).toEqual(paths.sort())
      }),
      { numRuns: 40 }
    )
  })

  it('writes values as the window does', () => {
    const before = specOf({ pageSize: '4K', footprint: 2 ** 26, references: 20_000, lanes: ['radix', 'dmt'] })
    const now = specOf({
      pageSize: '2M',
      footprint: 2 ** 30,
      references: 30_000,
      lanes: ['radix'],
      cooperation: false
    })
    expect(specChanges(before, now)).toEqual([
      { path: 'lanes', before: 'radix, dmt', now: 'radix' },
      { path: 'footprint', before: '64\u00a0MiB', now: '1\u00a0GiB' },
      { path: 'references', before: '20,000', now: '30,000' },
      { path: 'pageSize', before: '4 KiB', now: '2 MiB' },
      { path: 'cooperation', before: 'on', now: 'off' }
    ])
  })
})

describe('resultRows()', () => {
  it('has a run before beside each lane that there was', () => {
    const rows = resultRows([counted(50), counted(0), counted(3)], [counted(100), counted(0)])
    const walks = rows.find(({ id }) => id === 'walks')
    expect(walks?.before).toEqual([
      { value: '100', difference: '\u221250\u00a0%' },
      { value: '0', difference: '0' }
    ])
    expect(resultRows([counted(1)], [counted(1), counted(1)])[0].before).toHaveLength(1)
    expect(resultRows([counted(1)])[0].before).toEqual([])
  })
})

describe('the run before', () => {
  it('is the one that another set-up took the place of, and stays when a person steps back', async () => {
    const { lab, session, setup } = await aWindow()
    const before = useRunBeforeStore()
    await session.run()
    lab.advance(400_000)
    await session.stepBack()
    expect(before.run).toBeNull()
    await setup.change({ pageSize: '2M' })
    await session.reset()
    expect(before.run).toMatchObject({ spec: { pageSize: '4K' }, lanes: [{}, {}] })
    const kept = before.run
    await session.reset()
    expect(before.run).toBe(kept)
  })
})
