/** The scenarios that come with the lab. */
import { SCENARIOS } from '@main/scenarios/index'
import { openScenario } from '@main/scenarios/scenario-source'
import { ENVIRONMENTS } from '@shared/model/environment'
import { STORE } from '@shared/model/access'
import { describe, expect, it } from 'vitest'
import { aStreamSpec } from '../builders/a-stream'
import { deedsIn, MappedPages } from '../builders/a-scenario'

const REFERENCES = 60_000

describe.each(SCENARIOS)('$id', ({ id, scenario }) => {
  it('asks a question', () => {
    expect(scenario.summary).toMatch(/\?$/)
  })

  describe.each(ENVIRONMENTS)('%s', (environment) => {
    it.each(['64MiB', '256MiB'])('touches only what is mapped, with the right to (%s)', async (footprint) => {
      const spec = { ...aStreamSpec({ footprint }), environment }
      const source = openScenario(scenario, id, { ...spec, cpu: { ...spec.cpu, count: scenario.cpus } })
      const mapped = new MappedPages(source.areas)
      let accesses = 0
      let operations = 0
      await deedsIn(source, REFERENCES, (deed) => {
        if ('id' in deed) {
          operations++
          mapped.carryOut(deed)
        } else {
          accesses++
          if (!mapped.allows(deed.page, deed.kind === STORE)) expect.fail(`access ${accesses} is not allowed`)
        }
      })
      expect(accesses).toBeGreaterThan(REFERENCES / 2)
      expect(operations > 0 || environment === 'native').toBe(true)
    })
  })
})
