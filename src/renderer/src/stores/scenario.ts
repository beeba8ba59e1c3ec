/** What the set-up's scenario is, in words; its spec holds only a name or a token. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { ScenarioSpec } from '@shared/model/spec'
import { useCatalogueStore } from './catalogue'
import { useOwnFilesStore } from './own-files'
import { useSetupStore } from './setup'

export const useScenarioStore = defineStore('scenario', () => {
  const catalogue = useCatalogueStore()
  const setup = useSetupStore()
  const own = useOwnFilesStore()

  const titleOf = ({ name, file }: ScenarioSpec): string => {
    if (name !== null) return catalogue.scenarioTitle(name)
    return own.scenario?.token === file ? own.scenario.title : 'Imported scenario'
  }
  /** Of the set-up; null while it plays none. */
  const title = computed(() => (setup.draft?.scenario ? titleOf(setup.draft.scenario) : null))

  return { title }
})
