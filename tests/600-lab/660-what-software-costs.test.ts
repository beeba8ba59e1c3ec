/** What the system software of a lane costs and gains, run as a person would run it, on a small machine. */
import { openScenario } from '@main/scenarios/scenario-source'
import { SCENARIOS } from '@main/scenarios'
import type { LaneResult } from '@shared/model/result'
import { describe, expect, it } from 'vitest'
import { aLane, runLane, smallSpec } from '../builders/a-lane'

const SKYLAKE = { profile: 'skylake', verify: false, references: 20_000, tea: { minVmaMiB: 1 } }

async function churn(environment: string, design: string): Promise<LaneResult> {
  const spec = smallSpec({ ...SKYLAKE, environment, lanes: [design], footprint: '2GiB' })
  const { scenario } = SCENARIOS.find(({ id }) => id === 'churn') as (typeof SCENARIOS)[number]
  return runLane(aLane(spec, design, openScenario(scenario, 'churn', spec)))
}

describe('churn: mapping and unmapping in a loop', () => {
  it.each([
    ['virtualized', 'shadow'],
    ['nested', 'shadow'],
    // EPT02: L1 takes memory of L2 back, so its own table changes.
    ['nested', 'radix']
  ])('%s: pvDMT spares the exits that %s makes to follow the guest’s tables', async (environment, rival) => {
    const [theirs, ours] = [await churn(environment, rival), await churn(environment, 'pvdmt')]
    expect(theirs.counters.shadowExits).toBeGreaterThan(0)
    expect(ours.counters.vmExits).toBeLessThan(theirs.counters.vmExits)
    expect(ours.counters.softwareCycles).toBeLessThan(theirs.counters.softwareCycles)
    expect(ours.counters.totalCycles).toBeLessThan(theirs.counters.totalCycles)
  })

  it('has its own TEA work on the books', async () => {
    const { counters, setUp, events } = await churn('virtualized', 'pvdmt')
    const of = (id: 'teasCreated' | 'teaMerges' | 'hypercalls' | 'pagesCopied'): number =>
      counters[id] + setUp.counters[id]
    expect(of('teasCreated') + of('teaMerges')).toBeGreaterThan(0)
    expect(of('hypercalls')).toBeGreaterThan(0)
    const work = events.filter(({ kind }) => kind.startsWith('tea-') || kind === 'hypercall')
    expect(work.reduce((sum, { cycles }) => sum + cycles, 0)).toBeGreaterThan(0)
  })
})

async function fragmented(level: number, design = 'pvdmt'): Promise<{ result: LaneResult; reached: string }> {
  const spec = smallSpec({
    ...SKYLAKE,
    environment: 'virtualized',
    lanes: [design],
    fragmentation: level,
    workload: 'gups',
    footprint: '512MiB'
  })
  const lane = aLane(spec, design)
  let reached = ''
  const result = await runLane(lane, undefined, (session) => {
    const { hashA, hashB } = session.run(0, 0, 0)
    reached = `${hashA},${hashB}`
  })
  return { result, reached }
}

describe('fragmented memory', () => {
  it('costs coverage the more it is fragmented, and no translation', async () => {
    const levels = [0, 0.25, 0.5, 0.75, 0.9, 0.99]
    const runs = await Promise.all(levels.map((level) => fragmented(level)))
    const coverage = runs.map(({ result }) => result.derived.dmtCoverage)
    expect(coverage[0]).toBeGreaterThan(0.99)
    expect(coverage[5]).toBeLessThan(0.5)
    for (let i = 1; i < levels.length; i++) expect(coverage[i]).toBeLessThanOrEqual(coverage[i - 1] + 0.01)
    expect(new Set(runs.map(({ reached }) => reached)).size).toBe(1)
  })

  it('shows as splits and fallbacks in counters and events', async () => {
    const { result } = await fragmented(0.9)
    expect(result.setUp.counters.teaSplits).toBeGreaterThan(0)
    expect(result.setUp.counters.teaFallbacks + result.setUp.counters.tablesOutside).toBeGreaterThan(0)
    const kinds = result.events.map(({ kind }) => kind)
    expect(kinds).toContain('tea-split')
    expect(kinds).toContain('tea-fallback')
  })
})

describe('cooperation', () => {
  it.each([
    ['virtualized', 1],
    ['nested', 3]
  ])(
    '%s: costs exits when a TEA is made (%i each at least), and none in a walk',
    async (environment, least) => {
      const spec = smallSpec({
        ...SKYLAKE,
        environment,
        lanes: ['pvdmt'],
        workload: 'gups',
        footprint: '64MiB'
      })
      const { counters, setUp } = await runLane(aLane(spec))
      expect(counters.walks).toBeGreaterThan(1000)
      expect([counters.vmExits, counters.hypercalls]).toEqual([0, 0])
      const { hypercallExits, resumeExits, teasCreated, nestedEptViolations } = setUp.counters
      expect(teasCreated).toBeGreaterThan(0)
      const ofCalls = hypercallExits + resumeExits - nestedEptViolations
      // L0 makes an area of its own without a call; each other one is asked for.
      expect(ofCalls).toBeGreaterThanOrEqual(least)
    }
  )
})
