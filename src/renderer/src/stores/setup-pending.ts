/** How the set-up differs from the one that runs, and what of it waits for a Reset. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { HARDWARE_GROUPS } from '@shared/model/hardware-profile'
import type { LabSpec } from '@shared/model/spec'
import { useCatalogueStore } from './catalogue'
import { FIELDS, isSame, useSetupStore, type Draft, type SetupField } from './setup'
import { fieldTitle } from './setup-titles'

/** A running lane and session take these without a Reset. */
const LIVE_FIELDS: readonly SetupField[] = ['cooperation']

/** The parameters of the hardware. */
const hardwareOf = (spec: LabSpec | null): unknown => spec && HARDWARE_GROUPS.map((group) => spec[group])

export const useSetupPendingStore = defineStore('setup-pending', () => {
  const catalogue = useCatalogueStore()
  const setup = useSetupStore()
  /** What runs. */
  const applied = shallowRef<LabSpec | null>(null)

  function markApplied(spec: LabSpec, built: Draft | null): void {
    applied.value = spec
    setup.follow(spec, built)
  }

  /** Two files may bear one title. */
  const hasOtherHardware = computed(
    () => applied.value !== null && !isSame(hardwareOf(setup.resolved), hardwareOf(applied.value))
  )

  const differs = (field: SetupField): boolean =>
    applied.value !== null &&
    setup.draft !== null &&
    (!isSame(setup.draft[field], applied.value[field]) || (field === 'profile' && hasOtherHardware.value))
  const isPending = (field: SetupField): boolean => !LIVE_FIELDS.includes(field) && differs(field)

  /** Those that the source in use reads. */
  const inUse = computed<readonly SetupField[]>(() => {
    const { trace, scenario, workload } = setup.draft ?? {}
    if (trace) return FIELDS
    const own = FIELDS.filter((field) => field !== 'loop')
    return scenario ? own : [...own, ...catalogue.knobGroups(workload)]
  })
  const fields = computed(() => inUse.value.filter(isPending))
  /** A session built of this set-up would be another one than that which runs was built as. */
  const isChanged = computed(() => inUse.value.some(differs))
  const titles = computed(() =>
    fields.value.map((field) => {
      const isCount = field === 'lanes' && setup.draft?.lanes.length !== applied.value?.lanes.length
      return isCount ? 'lanes' : fieldTitle(field)
    })
  )

  return { applied, fields, titles, isChanged, markApplied, isPending }
})
