/** What a guest tried with an area that is not its own, each time made for real. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { errorWords } from '@shared/format/error-words'
import type { IsolationTry, IsolationTryId } from '@shared/model/isolation-try'
import { useLab } from '@renderer/composables/lab'

export const useIsolationStore = defineStore('isolation', () => {
  const lab = useLab()
  const shown = shallowRef<IsolationTry | null>(null)
  const problem = ref<string | null>(null)

  async function attempt(id: IsolationTryId): Promise<void> {
    try {
      shown.value = await lab.calls['isolation/try'](id)
      problem.value = null
    } catch (error) {
      problem.value = errorWords(error)
    }
  }

  return { shown, problem, attempt }
})
