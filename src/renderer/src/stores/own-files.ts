/** What was read from a person's own files for the set-up: one piece of hardware and one scenario at a time. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ImportedScenario } from '@shared/model/catalogue'
import type { HardwareProfile } from '@shared/model/hardware-profile'
import type { LabSpec, SpecInput } from '@shared/model/spec'

/** Own hardware as a part of a spec. */
export const hardwareInput = ({ hardware, matchCycles }: HardwareProfile): SpecInput => ({
  ...structuredClone(hardware),
  ...(matchCycles === undefined ? {} : { dmt: { matchCycles } })
})

export const useOwnFilesStore = defineStore('own-files', () => {
  /** The set-up uses it when it names its title. */
  const hardware = shallowRef<HardwareProfile | null>(null)
  /** The set-up plays it when it names its token. */
  const scenario = shallowRef<ImportedScenario | null>(null)

  /** What a set-up that uses them takes from them. */
  function inputOf({ profile, scenario: played }: Pick<LabSpec, 'profile' | 'scenario'>): SpecInput {
    const cpus = played?.file && played.file === scenario.value?.token ? scenario.value.cpus : 1
    return {
      ...(profile === hardware.value?.id ? hardwareInput(hardware.value) : {}),
      ...(cpus > 1 ? { cpu: { count: cpus } } : {})
    }
  }

  return { hardware, scenario, inputOf }
})
