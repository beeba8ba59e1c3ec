import { describe, expect, it } from 'vitest'
import { sourceChange, useSetupChoices } from '@renderer/composables/setup-choices'
import type { ImportedScenario } from '@shared/model/catalogue'
import { aWindow } from './window-stores'

const imported: ImportedScenario = {
  token: 's1',
  name: 'mine.json',
  title: 'Mine',
  summary: 'Does it work?',
  cpus: 2
}

async function aWindowWith(scenario: ImportedScenario) {
  const stores = await aWindow()
  stores.lab.json.set(scenario.token, { kind: 'scenario', scenario })
  stores.lab.chosen = [scenario.token]
  return stores
}

describe('scenarios in the set-up', () => {
  it('stand among the workloads in a group of their own', async () => {
    const { setup } = await aWindow()
    const { workloads, workload } = useSetupChoices()
    expect(workloads.value.filter((one) => one.group === 'Scenarios')).toEqual([
      {
        value: 'scenario:churn',
        title: 'Churn',
        hint: 'what do updates of tables cost?',
        group: 'Scenarios'
      }
    ])
    await setup.change(sourceChange('scenario:churn') ?? {})
    expect(setup.draft?.scenario).toEqual({ name: 'churn', file: null })
    expect(workload.value).toBe('scenario:churn')
    await setup.change(sourceChange('gups') ?? {})
    expect([setup.draft?.scenario, workload.value]).toEqual([null, 'gups'])
  })

  it.each(['files', 'jsonFiles'] as const)('come from a file, with the CPUs they need (%s)', async (way) => {
    const stores = await aWindowWith(imported)
    const { workloads, workload } = useSetupChoices()
    await stores[way].choose()
    const { setup, notices } = stores
    expect(setup.draft).toMatchObject({ scenario: { name: null, file: 's1' }, trace: null })
    expect(setup.input()).toMatchObject({ cpu: { count: 2 } })
    expect(workloads.value.find((one) => one.value === workload.value)?.title).toBe('Mine')
    expect(sourceChange(workload.value)).toBeNull()
    expect(notices.notices.map((n) => n.kind)).toEqual(['ok'])
    await setup.change(sourceChange('scenario:churn') ?? {})
    expect(setup.input()).not.toHaveProperty('cpu')
  })
})
