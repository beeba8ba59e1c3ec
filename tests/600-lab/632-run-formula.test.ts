/** The formulas on real lanes: what they say of the baseline must be what was emulated. */
import { runToEnd } from '@main/lab/run'
import type { RunFormula, RunResult } from '@shared/model/result'
import { describe, expect, it } from 'vitest'
import { aLane, runLane, smallSpec } from '../builders/a-lane'
import { InProcessHost } from '../builders/in-process-host'

/** The skylake profile has the latencies of the paper, so both must add up to the same cycles. */
const specOf = (input: Record<string, unknown>) =>
  smallSpec({ profile: 'skylake', footprint: '32MiB', lanes: ['radix'], ...input })

async function formulaOf(
  input: Record<string, unknown>,
  design?: string
): Promise<{ formula: RunFormula | null; cyclesPerWalk: number; walkOverhead: number; walks: number }> {
  const lane = aLane(specOf(input), design)
  const { derived, counters } = await runLane(lane)
  const formula = lane.session.formula()
  return { formula, ...derived, walks: counters.walks }
}

const ENVIRONMENTS = ['native', 'virtualized', 'nested'] as const
const SIZES = [
  { pageSize: '4K', hostPageSize: '4K', footprint: '32MiB' },
  { pageSize: '2M', hostPageSize: '2M', workload: 'zipf', footprint: '8GiB' }
]

describe.each(ENVIRONMENTS)('%s', (environment) => {
  it.each(SIZES)('with $pageSize pages vanilla costs what the emulated radix walks cost', async (size) => {
    const { formula, cyclesPerWalk, walkOverhead, walks } = await formulaOf({ environment, ...size })
    expect(walks).toBeGreaterThan(100)
    expect(formula).toMatchObject({ lane: 'radix', pages: size.pageSize, walks, walkOverhead })
    expect(formula?.cyclesPerWalk.vanilla).toBeCloseTo(cyclesPerWalk, 9)
  })

  it.each([
    ['five levels', { levels: 5 }],
    ['1 GiB pages', { pageSize: '1G', hostPageSize: '1G', footprint: '2GiB' }]
  ])('says nothing with %s', async (_, input) => {
    expect((await formulaOf({ environment, ...input })).formula).toBeNull()
  })
})

it('says nothing where guest and host pages differ in size', async () => {
  const sizes = { environment: 'virtualized', pageSize: '4K', hostPageSize: '2M' }
  expect((await formulaOf(sizes)).formula).toBeNull()
})

it.each(['dmt', 'pvdmt', 'ideal'])('says nothing about the walks of %s', async (design) => {
  expect((await formulaOf({ environment: 'virtualized' }, design)).formula).toBeNull()
})

it('says nothing before the first walk, and nothing once registers have translated', async () => {
  const lane = aLane(specOf({ environment: 'virtualized' }))
  expect(lane.session.formula()).toBeNull()
  await lane.feed(500)
  expect(lane.session.formula()).not.toBeNull()
  lane.session.setDmt(true)
  await lane.feed(500)
  expect(lane.session.formula()).toBeNull()
})

describe('a whole run', () => {
  const run = (lanes: string[]): Promise<RunResult> =>
    runToEnd(specOf({ environment: 'virtualized', lanes, references: 1000 }), new InProcessHost(), {
      onProgress: () => undefined,
      signal: new AbortController().signal
    })

  it('carries the formula of its first radix lane, and says that it is modelled', async () => {
    const { formula, lanes, provenance } = await run(['dmt', 'radix', 'radix'])
    expect(formula).toMatchObject({ lane: 'radix', pages: '4K', walks: lanes[1].counters.walks })
    expect(formula?.walkOverhead).toBe(lanes[1].derived.walkOverhead)
    expect(provenance.modelled.join()).toContain('from the steps of lane radix')
  })

  it('carries none without a radix lane', async () => {
    const { formula, provenance } = await run(['dmt', 'pvdmt'])
    expect(formula).toBeUndefined()
    expect(provenance.modelled.join()).not.toContain('formula')
  })
})
