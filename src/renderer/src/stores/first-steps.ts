/** The four cold walks that the first page of Help is about, made by the lab when the page is opened first. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { errorWords } from '@shared/format/error-words'
import type { Environment } from '@shared/model/environment'
import type { WalkRecord } from '@shared/model/walk-record'
import { useLab } from '@renderer/composables/lab'

export interface FirstWalks {
  readonly native: WalkRecord
  readonly twoD: WalkRecord
  readonly dmt: WalkRecord
  readonly pvdmt: WalkRecord
}

export const useFirstStepsStore = defineStore('first-steps', () => {
  const lab = useLab()
  const walks = shallowRef<FirstWalks | null>(null)
  const problem = ref<string | null>(null)

  const walkOf = (design: string, environment: Environment): Promise<WalkRecord> =>
    lab.calls['design/walk']({ design, environment, pageSize: '4K' })

  async function load(): Promise<void> {
    if (walks.value) return
    try {
      const [native, twoD, dmt, pvdmt] = await Promise.all([
        walkOf('radix', 'native'),
        walkOf('radix', 'virtualized'),
        walkOf('dmt', 'virtualized'),
        walkOf('pvdmt', 'virtualized')
      ])
      walks.value = { native, twoD, dmt, pvdmt }
      problem.value = null
    } catch (error) {
      problem.value = errorWords(error)
    }
  }

  return { walks, problem, load }
})
