/** The hardware that the set-up names: what it is, and what it differs from. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { HardwareProfile } from '@shared/model/hardware-profile'
import { useCatalogueStore } from './catalogue'
import { useOwnFilesStore } from './own-files'
import { useSetupStore } from './setup'

export const useHardwareStore = defineStore('hardware', () => {
  const catalogue = useCatalogueStore()
  const setup = useSetupStore()
  const own = useOwnFilesStore()
  /** The numbers are being looked at. */
  const isShown = ref(false)

  const profileOf = (id: string | undefined): HardwareProfile | null =>
    [own.hardware, ...catalogue.profiles].find((one) => one?.id === id) ?? null

  /** Of the set-up. */
  const profile = computed(() => profileOf(setup.draft?.profile))
  /** What own hardware differs from; null for a profile of the lab. */
  const base = computed(() => (profile.value?.base === undefined ? null : profileOf(profile.value.base)))

  return { profile, base, isShown }
})
