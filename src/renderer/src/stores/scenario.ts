/** Scenario files on their way in: a file that says it is a scenario becomes what the set-up plays. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { ScenarioSpec } from '@shared/model/spec'
import { useLab } from '@renderer/composables/lab'
import { useCatalogueStore } from './catalogue'
import { useNoticesStore } from './notices'
import { useSetupStore } from './setup'

export const useScenarioStore = defineStore('scenario', () => {
  const lab = useLab()
  const catalogue = useCatalogueStore()
  const notices = useNoticesStore()
  const setup = useSetupStore()

  const titleOf = ({ name, file }: ScenarioSpec): string => {
    if (name !== null) return catalogue.scenarioTitle(name)
    return setup.ownScenario?.token === file ? setup.ownScenario.title : 'Imported scenario'
  }
  /** Of the set-up; null while it plays none. */
  const title = computed(() => (setup.draft?.scenario ? titleOf(setup.draft.scenario) : null))

  /** False when the file is no scenario: then it is somebody else's. */
  async function take(token: string): Promise<boolean> {
    const scenario = await lab.calls['scenario/describe'](token)
    if (scenario === null) return false
    await setup.useScenario(scenario)
    notices.tell('Scenario read', `${scenario.title}: ${scenario.summary}`)
    return true
  }

  return { title, take }
})
