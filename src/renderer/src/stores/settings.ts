/** A person's choices, remembered by the lab's host for every window to come. */
import { defineStore } from 'pinia'
import { computed, shallowRef, type WritableComputedRef } from 'vue'
import { DEFAULT_SETTINGS, type Settings } from '@shared/model/settings'
import { useLab } from '@renderer/composables/lab'
import { useNoticesStore } from './notices'

export const useSettingsStore = defineStore('settings', () => {
  const lab = useLab()
  const notices = useNoticesStore()
  const settings = shallowRef<Settings>(DEFAULT_SETTINGS)
  let hasComplained = false

  async function load(): Promise<void> {
    settings.value = await lab.calls['settings/get']()
  }

  /** Takes effect at once; where it cannot be remembered it lasts as long as the window, and that is told once. */
  function change(part: Partial<Settings>): void {
    settings.value = { ...settings.value, ...part }
    // Plain data alone crosses to the lab.
    const plain = JSON.parse(JSON.stringify(part)) as Partial<Settings>
    lab.calls['settings/set'](plain).catch((error: unknown) => {
      if (!hasComplained) notices.fail('Your choices are not remembered', error)
      hasComplained = true
    })
  }

  /** A choice that is remembered. */
  const remembered = <Name extends keyof Settings>(name: Name): WritableComputedRef<Settings[Name]> =>
    computed({
      get: () => settings.value[name],
      set: (value) => change({ [name]: value })
    })

  const hasSeen = (name: string): boolean => settings.value.seen.includes(name)

  /** What is offered once only was offered. */
  function markSeen(name: string): void {
    if (!hasSeen(name)) change({ seen: [...settings.value.seen, name] })
  }

  return { settings, load, change, remembered, hasSeen, markSeen }
})
