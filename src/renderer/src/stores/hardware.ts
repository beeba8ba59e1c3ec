/** The hardware that the set-up names: what it is, where it comes from, and files with hardware of one's own. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { HardwareProfile } from '@shared/model/hardware-profile'
import { useLab } from '@renderer/composables/lab'
import { useCatalogueStore } from './catalogue'
import { useNoticesStore } from './notices'
import { useRecentStore } from './recent'
import { useScenarioStore } from './scenario'
import { useSetupStore } from './setup'

const REFUSED = 'The hardware was not read'

export const useHardwareStore = defineStore('hardware', () => {
  const lab = useLab()
  const catalogue = useCatalogueStore()
  const notices = useNoticesStore()
  const recent = useRecentStore()
  const scenario = useScenarioStore()
  const setup = useSetupStore()
  /** The numbers are being looked at. */
  const isShown = ref(false)

  const profileOf = (id: string | undefined): HardwareProfile | null =>
    [setup.ownHardware, ...catalogue.profiles].find((one) => one?.id === id) ?? null

  /** Of the set-up. */
  const profile = computed(() => profileOf(setup.draft?.profile))
  /** What own hardware differs from; null for a profile of the lab. */
  const base = computed(() => (profile.value?.base === undefined ? null : profileOf(profile.value.base)))

  const read = (takeIn: () => Promise<string[]>): Promise<void | undefined> =>
    notices.attempt(REFUSED, async () => {
      const tokens = await takeIn()
      if (tokens.length === 0) return
      if (await scenario.take(tokens)) return void recent.add(tokens)
      if (tokens.length > 1) throw new Error('One hardware file at a time, choose it alone.')
      const hardware = await lab.calls['profile/describe'](tokens[0])
      await setup.useHardware(hardware)
      void recent.add(tokens)
      notices.tell('Hardware read', hardware.title)
    })

  const choose = (): Promise<void | undefined> => read(() => lab.chooseFiles())
  const take = (files: readonly File[]): Promise<void | undefined> => read(() => lab.importFiles(files))

  const open = (tokens: string[]): Promise<void | undefined> => read(async () => tokens)

  return { profile, base, isShown, choose, take, open }
})

/** Told by its name: a trace is no JSON. A scenario is, and is told by what it holds. */
export const isHardwareName = (name: string): boolean => name.toLowerCase().endsWith('.json')
export const isHardwareFile = (file: File): boolean => isHardwareName(file.name)
