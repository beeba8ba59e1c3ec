/** Files that were used: names here, where they are known to the host alone. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { RecentFile } from '@shared/model/settings'
import { useLab } from '@renderer/composables/lab'

export const useRecentStore = defineStore('recent', () => {
  const lab = useLab()
  const files = shallowRef<readonly RecentFile[]>([])

  async function load(): Promise<void> {
    files.value = await lab.calls['recent/list']()
  }

  /** A file that cannot be remembered can be used all the same. */
  async function add(tokens: readonly string[]): Promise<void> {
    try {
      await lab.calls['recent/add']([...tokens])
      await load()
    } catch {
      return
    }
  }

  async function clear(): Promise<void> {
    await lab.calls['recent/clear']()
    files.value = []
  }

  return { files, load, add, clear }
})
