import type { SpecInput } from '@shared/model/spec'
import { resolveSpec } from '@main/lab/resolve-spec'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOBODY_TO_COOPERATE_WITH, someHardware, someOffer } from '../builders/offer'

function specFrom(input: SpecInput) {
  const resolution = resolveSpec(input, someOffer)
  if ('problems' in resolution) throw new Error(resolution.problems.join('\n'))
  return resolution.spec
}

function problemsOf(input: SpecInput): string[] {
  const resolution = resolveSpec(input, someOffer)
  return 'problems' in resolution ? resolution.problems : []
}

describe('resolveSpec() completes', () => {
  it('an empty spec with the defaults of the contract', () => {
    const spec = specFrom({})
    expect(spec).toMatchObject({
      environment: 'virtualized',
      lanes: ['radix', 'pvdmt'],
      pageSize: '4K',
      hostPageSize: '4K',
      levels: 4,
      profile: 'skylake',
      seed: 1,
      fragmentation: 0,
      warmup: 0,
      references: 2_000_000,
      footprint: 4 * 2 ** 30,
      nested: { fallback: 'shadow-ept' },
      ...someHardware
    })
  })

  it('native lanes without pvdmt', () => {
    expect(specFrom({ environment: 'native' }).lanes).toEqual(['radix', 'dmt'])
  })

  it('what matching registers costs, where the profile says so and the input does not', () => {
    const own = { ...someOffer, profiles: [{ ...someOffer.profiles[0], matchCycles: 0 }] }
    const cost = (input: SpecInput): unknown => {
      const resolution = resolveSpec(input, own)
      return 'spec' in resolution ? resolution.spec.dmt.matchCycles : resolution.problems
    }
    expect(cost({})).toBe(0)
    expect(cost({ dmt: { registers: 4 } })).toBe(0)
    expect(cost({ dmt: { matchCycles: 3 } })).toBe(3)
    expect(specFrom({}).dmt.matchCycles).toBe(1)
  })

  it('hardware with the differences over the profile', () => {
    const { cache } = specFrom({ cache: { llc: { bytes: '11MiB' } } })
    expect(cache.llc).toEqual({ bytes: 11 * 2 ** 20, ways: 11, latencyCycles: 54 })
    expect(cache.l2).toEqual(someHardware.cache.l2)
  })

  it('coverage with the pure fallback, unless another is asked for', () => {
    const coverage = { L0: 'D', L1: 'R', L2: 'P' }
    expect(specFrom({ environment: 'nested', coverage }).nested.fallback).toBe('pure')
    const nested = { fallback: 'shadow-ept' }
    expect(specFrom({ environment: 'nested', coverage, nested }).nested.fallback).toBe('shadow-ept')
    expect(specFrom({ environment: 'nested', coverage: {} }).nested.fallback).toBe('shadow-ept')
  })

  it('sizes and counts written with units', () => {
    expect(specFrom({ footprint: '64MiB', references: '500k', warmup: '1M' })).toMatchObject({
      footprint: 2 ** 26,
      references: 500_000,
      warmup: 1_000_000
    })
  })

  it('any complete spec to itself', () => {
    const spec = specFrom({ environment: 'nested', lanes: ['radix-3d', 'dmt', 'dmt'], tea: { minVmaMiB: 1 } })
    expect(specFrom(JSON.parse(JSON.stringify(spec)) as SpecInput)).toEqual(spec)
  })
})

describe('resolveSpec() refuses', () => {
  it.each([
    [{ footprint: '4XB' }, '"4XB"', 'footprint', '1MiB to 1TiB'],
    [{ footprint: '512KiB' }, '"512KiB"', 'footprint', '1MiB to 1TiB'],
    [{ footprint: '2TiB' }, '"2TiB"', 'footprint', '1MiB to 1TiB'],
    [{ footprint: -1 }, '-1', 'footprint', '1MiB to 1TiB'],
    [{ references: '4GiB' }, '"4GiB"', 'references', 'a count'],
    [{ references: 1.5 }, '1.5', 'references', 'a count'],
    [{ fragmentation: 2 }, '2', 'fragmentation', 'a number from 0 to 1'],
    [{ fragmentation: null }, 'null', 'fragmentation', 'a number from 0 to 1'],
    [{ levels: 3 }, '3', 'levels', 'one of 4, 5'],
    [{ pageSize: '8K' }, '"8K"', 'pageSize', '4K, 2M, 1G, thp'],
    [{ environment: 'cloud' }, '"cloud"', 'environment', 'native, virtualized, nested'],
    [{ dmt: { registers: 300 } }, '300', 'dmt.registers', 'a whole number from 0 to 256'],
    [{ dmt: 7 }, '7', 'dmt', 'dmt.registers'],
    [{ tlb: [] }, '[]', 'tlb', 'tlb.instruction'],
    [{ seed: 2 ** 32 }, '4294967296', 'seed', '4294967295'],
    [{ lanes: [] }, '[]', 'lanes', 'names separated by commas'],
    [{ lanes: [1] }, '1', 'lanes', 'names separated by commas'],
    [{ verify: 'perhaps' }, '"perhaps"', 'verify', 'true or false'],
    [{ trace: {} }, 'missing', 'trace.file', 'text'],
    [{ trace: { file: 'a', format: 'pdf' } }, '"pdf"', 'trace.format', 'lackey'],
    [
      { tlb: { shared: { '4K2M': { entries: 1536, ways: 10 } } } },
      '"ways":10',
      'tlb.shared.4K2M',
      'whole number of sets'
    ],
    [{ coverage: { L0: 'X' } }, '"X"', 'coverage.L0', 'R, D, P'],
    [{ coverage: { L2: 'D' } }, 'no layer L2', 'coverage.L2', 'L0, L1'],
    [{ memory: { limits: { L2: '1GiB' } } }, 'no layer L2', 'memory.limits.L2', 'L0, L1'],
    [{ memory: { limits: { L1: '64KiB' } } }, '64KiB', 'memory.limits.L1', '1MiB']
  ])('%j with one line that names value, path and what is accepted', (input, value, path, accepted) => {
    const problems = problemsOf(input)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(value)
    expect(problems[0]).toContain(`(${path})`)
    expect(problems[0]).toContain(accepted)
    expect(problems[0]).not.toMatch(/[\n\r]/)
  })

  it.each([
    [{ tea: { minVMAMb: 1 } }, 'tea.minVMAMb', 'tea.minVmaMiB'],
    [{ registers: 4 }, 'registers', 'dmt.registers'],
    [{ dmt: { register: 4 } }, 'dmt.register', 'dmt.registers'],
    [{ foot_print: 4 }, 'foot_print', 'footprint'],
    [{ coverage: { L3: 'D' } }, 'coverage.L3', 'coverage.L0'],
    [JSON.parse('{"__proto__":{"seed":4}}') as SpecInput, '__proto__', 'nearest']
  ])('the unknown parameter of %j with the nearest names', (input, path, near) => {
    const problems = problemsOf(input)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`unknown parameter "${path}"`)
    expect(problems[0]).toContain(near)
  })

  it('unknown designs, workloads and profiles with the nearest names', () => {
    expect(problemsOf({ lanes: ['radix', 'pvdtm'] })).toEqual([
      expect.stringMatching(/design "pvdtm" .*names: pvdmt/)
    ])
    expect(problemsOf({ workload: 'gusp' })).toEqual([expect.stringMatching(/workload "gusp" .*names: gups/)])
    expect(problemsOf({ profile: 'skylak' })).toEqual([
      expect.stringMatching(/profile "skylak" .*names: skylake/)
    ])
  })

  it('a design without meaning in the environment with its reason', () => {
    expect(problemsOf({ environment: 'native', lanes: ['radix', 'pvdmt'] })).toEqual([
      `pvdmt has no meaning in native: ${NOBODY_TO_COOPERATE_WITH} (lanes), choose radix, dmt, ideal`
    ])
    expect(problemsOf({ lanes: ['radix-3d'] })[0]).toContain('radix-3d has no meaning in virtualized')
  })

  it('each thing wrong with a line of its own', () => {
    const problems = problemsOf({ footprint: '4XB', lanes: ['dtm'], bogus: 1, dmt: { registers: -1 } })
    expect(problems.map((line) => /\((.*?)\)/.exec(line)?.[1])).toEqual([
      'spec',
      'footprint',
      'dmt.registers',
      'lanes'
    ])
  })

  it('long and deep values without repeating them', () => {
    let deep: unknown = 1
    for (let i = 0; i < 500; i++) deep = { deep }
    const problems = problemsOf({ footprint: 'x'.repeat(1e5), tea: deep, unknown: deep })
    expect(problems).toHaveLength(3)
    for (const line of problems) expect(line.length).toBeLessThan(400)
  })

  it('or accepts anything, and never throws', () => {
    const paths = [
      'environment',
      'lanes',
      'footprint',
      'tea',
      'tlb',
      'coverage',
      'nested',
      'trace',
      'profile'
    ]
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...paths, 'other'), fc.jsonValue()), (input) => {
        const resolution = resolveSpec(input, someOffer)
        return (
          'spec' in resolution ||
          resolution.problems.every((line) => /^[^\n]+ \([^\n]+\), [^\n]+$/.test(line))
        )
      })
    )
  })
})
