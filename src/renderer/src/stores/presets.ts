/** Set-ups with a name: those that come with the lab, and a person's own. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { HardwareProfile } from '@shared/model/hardware-profile'
import { LONGEST_NAME, MOST_PRESETS, type OwnPreset } from '@shared/model/settings'
import type { ShippedPreset } from '@renderer/presets/shipped'
import { useCatalogueStore } from './catalogue'
import { useNoticesStore } from './notices'
import { useSettingsStore } from './settings'
import { useSetupStore } from './setup'

export const usePresetsStore = defineStore('presets', () => {
  const store = useSettingsStore()
  const setup = useSetupStore()
  const catalogue = useCatalogueStore()
  const notices = useNoticesStore()

  const own = computed(() => store.settings.presets)
  const isTaken = (name: string): boolean => own.value.some((preset) => preset.name === name)

  const applied = (work: () => Promise<unknown>): Promise<unknown> =>
    notices.attempt('The preset was not taken', work)

  /** The rest of the set-up stays. */
  const useMachine = ({ setup: changes }: ShippedPreset): Promise<unknown> =>
    applied(() => setup.change(changes))

  /** Inherits nothing from the set-up before. */
  function useExperiment({ setup: changes, footprint }: ShippedPreset): Promise<unknown> {
    const footprints = catalogue.workloadOf(changes.workload)?.presets
    const size = footprint && footprints ? { footprint: footprints[footprint] } : {}
    return applied(() => setup.change({ ...setup.plain(), ...changes, ...size }))
  }

  /** The lab checks it as it would a file: it may come from another version, or from an editor. */
  const useOwn = ({ spec, hardware }: OwnPreset): Promise<unknown> =>
    applied(() => setup.adopt(spec, hardware as HardwareProfile | null))

  /** Why a preset cannot be called so; null where it can. `present` is the name that it has. */
  function nameProblem(name: string, present: string | null = null): string | null {
    const text = name.trim()
    if (text === '') return 'Give it a name'
    if (text.length > LONGEST_NAME) return `At most ${LONGEST_NAME} characters`
    return isTaken(text) && text !== present ? 'There is one of this name' : null
  }

  const isFull = computed(() => own.value.length >= MOST_PRESETS)

  function save(name: string): void {
    const preset = setup.asPreset()
    if (preset === null || isFull.value) return
    store.change({ presets: [...own.value, { name: name.trim(), ...preset }] })
    notices.tell('Preset saved', name.trim())
  }

  function rename(from: string, to: string): void {
    const renamed = own.value.map((one) => (one.name === from ? { ...one, name: to.trim() } : one))
    store.change({ presets: renamed })
  }

  function remove(name: string): void {
    store.change({ presets: own.value.filter((one) => one.name !== name) })
  }

  return { own, isFull, useMachine, useExperiment, useOwn, nameProblem, save, rename, remove }
})
