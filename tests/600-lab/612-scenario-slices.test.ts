/** A scenario in slices: operations fall at the same accesses however a run is cut, between any two of their records. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openScenario } from '@main/scenarios/scenario-source'
import { SCENARIOS } from '@main/scenarios/index'
import type { LaneResult } from '@shared/model/result'
import type { LabSpec } from '@shared/model/spec'
import { aLane, checkResultLaws, runLane, smallSpec } from '../builders/a-lane'

const LANES: readonly [environment: string, design: string][] = [
  ['native', 'dmt'],
  ['virtualized', 'radix'],
  ['virtualized', 'shadow'],
  ['virtualized', 'pvdmt'],
  ['nested', 'radix'],
  ['nested', 'pvdmt']
]

async function played(spec: LabSpec, slices?: number[], looks = false): Promise<LaneResult> {
  const shipped = SCENARIOS.find(({ id }) => id === spec.scenario?.name)
  if (!shipped) throw new Error(`no scenario ${spec.scenario?.name}`)
  const lane = aLane(spec, spec.lanes[0], openScenario(shipped.scenario, shipped.id, spec))
  const result = await runLane(lane, slices, (session) => {
    if (!looks) return
    session.snapshot()
    session.walkOf(session.latestReference(), 1)
    session.events(0)
    session.coldWalk({ high: 0, low: 0x7f0000123, offset: 5 })
    session.lookWalk({ high: 0, low: 0x7f0000123, offset: 5 })
  })
  checkResultLaws(result)
  return result
}

const essence = ({ counters, walkHistogram, series, events, digest, memory }: LaneResult): unknown => ({
  counters,
  walkHistogram,
  series,
  events,
  digest,
  memory
})

describe('a scenario cut into slices', () => {
  it.each(SCENARIOS.map(({ id }) => id))('%s equals the one run at once, looked at or not', async (name) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...LANES),
        fc.constantFrom('4K', 'thp'),
        fc.constantFrom(0, 333),
        fc.constantFrom('first', 'ranked'),
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 }),
        async ([environment, design], pageSize, warmup, policy, slices) => {
          const spec = smallSpec({
            environment,
            lanes: [design],
            pageSize,
            warmup,
            scenario: { name },
            footprint: '64MiB',
            references: 4000,
            dmt: { policy, rankEvery: 700 },
            thp: { scanEvery: 900 },
            engine: { checkEvery: 4000 }
          })
          const atOnce = await played(spec)
          const cut = await played(spec, slices, true)
          expect(essence(cut)).toEqual(essence(atOnce))
        }
      ),
      { numRuns: 3, seed: 11 }
    )
  })
})
