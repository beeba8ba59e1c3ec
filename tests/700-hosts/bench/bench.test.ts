import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DESIGNS } from '@main/designs'
import { ENVIRONMENTS } from '@shared/model/environment'
import { TRACE_FORMAT_IDS } from '@shared/model/trace-format-id'
import { mergedBaseline } from '../../../bench/baseline'
import { FIGURES, FIGURE_NAMES, type BenchResult } from '../../../bench/bench-case'
import { BENCH_CASES } from '../../../bench/cases'
import { NOISE, compared } from '../../../bench/compare'
import { comparisonTable, resultLine } from '../../../bench/text'

const NAMES = BENCH_CASES.map((one) => one.name)
const machine = { cpu: 'CPU', cores: 2, memoryBytes: 2 ** 34, os: 'linux', node: 'v20' }
const aResult = (name: string, referencesPerSecond: number): BenchResult => ({
  name,
  referencesPerSecond,
  runs: [referencesPerSecond]
})

describe('the list of cases', () => {
  it('names each case once, by workload, footprint, environment and design, or by the format imported', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length)
    const imported = NAMES.filter((name) => name.startsWith('import-'))
    for (const name of imported) expect(TRACE_FORMAT_IDS).toContain(name.slice('import-'.length))
    for (const name of NAMES.filter((one) => !imported.includes(one))) {
      const [, environment, design] = /-\d+[MG]iB-(native|virtualized|nested)-(.+)$/.exec(name) ?? []
      const known = DESIGNS.find(({ info }) => info.id === design)
      expect(known?.info.environments, name).toContain(environment)
    }
  })

  it('measures every design in every environment on random, sequential, skewed and recorded streams', () => {
    for (const stream of ['gups-4GiB', 'gups-64GiB', 'sequential-4GiB', 'zipf-4GiB', 'list-chase-117MiB'])
      for (const environment of ENVIRONMENTS)
        for (const { info } of DESIGNS)
          expect(NAMES.includes(`${stream}-${environment}-${info.id}`)).toBe(
            info.environments.includes(environment)
          )
  })
})

describe('compared', () => {
  const positive = fc.double({ min: 1e-3, max: 1e9, noNaN: true })

  it('gives opposite verdicts when baseline and results change places, for figures of both kinds', () => {
    const opposite = { better: 'worse', worse: 'better', same: 'same' } as const
    fc.assert(
      fc.property(fc.constantFrom(...FIGURE_NAMES), positive, positive, (figure, a, b) => {
        const [left, right] = [a, b].map((value) => [{ name: 'x', runs: [], [figure]: value }])
        const [there, back] = [compared(left, right)[0], compared(right, left)[0]]
        expect(there.ratio * back.ratio).toBeCloseTo(1)
        expect(back.verdict).toBe(opposite[there.verdict])
        if (there.verdict !== 'same')
          expect((there.verdict === 'better') === a > b).toBe(FIGURES[figure].moreIsBetter)
      })
    )
  })

  it('takes what lies within the band for noise, and passes over what the baseline lacks', () => {
    const verdicts = [1 - NOISE + 0.01, 1 - NOISE - 0.01, 1.3, 1.4].map((now) =>
      compared([aResult('a', now), aResult('new', 1)], [aResult('a', 1)]).map((row) => row.verdict)
    )
    expect(verdicts).toEqual([['same'], ['worse'], ['same'], ['better']])
  })
})

describe('mergedBaseline', () => {
  const names = ['a', 'b', 'c']
  const older = {
    schema: 'dmt-lab/bench@1' as const,
    machine,
    results: [aResult('gone', 1), aResult('c', 1), aResult('a', 1)]
  }

  it('replaces what was measured anew, keeps the rest of the list in its order, drops cases that are no more', () => {
    const { results } = mergedBaseline(older, machine, [aResult('b', 2), aResult('a', 2)], names)
    expect(results).toEqual([aResult('a', 2), aResult('b', 2), aResult('c', 1)])
  })

  it('keeps nothing that another machine measured', () => {
    const { results } = mergedBaseline(
      { ...older, machine: { ...machine, cores: 64 } },
      machine,
      [aResult('b', 2)],
      names
    )
    expect(results).toEqual([aResult('b', 2)])
  })
})

describe('text', () => {
  it('shows figures in their units, and the ratio with its verdict', () => {
    const now = { ...aResult('gups', 1_500_000), residentBytes: 2 ** 30 }
    expect(resultLine(now).replace(/[\s\u00a0]+/g, ' ')).toBe('gups 1.50 M references/s 1,024 MiB resident ')
    const table = comparisonTable(compared([now], [aResult('gups', 1_000_000)])).replaceAll('\u00a0', ' ')
    expect(table).toMatch(/gups +1\.00 M references\/s +1\.50 M references\/s +1\.50× +better/)
    expect(table).toContain('within 25 %')
  })
})
