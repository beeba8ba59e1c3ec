/** Help's page of a workload: which is on show, and the accesses that its picture is drawn from. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { WorkloadSample } from '@shared/model/workload-sample'
import { useLab } from '@renderer/composables/lab'
import { useCatalogueStore } from './catalogue'

export const useWorkloadHelpStore = defineStore('workload-help', () => {
  const lab = useLab()
  const catalogue = useCatalogueStore()
  const chosen = ref<string | null>(null)
  const sample = shallowRef<WorkloadSample | null>(null)
  const problem = ref<string | null>(null)
  const workload = computed(() => catalogue.workloadOf(chosen.value ?? '') ?? null)

  /** The answer to an older choice is dropped. */
  async function choose(id: string): Promise<void> {
    chosen.value = id
    problem.value = null
    if (sample.value?.workload === id) return
    const answer = await lab.calls['workload/sample'](id).catch((error: Error) => error)
    if (chosen.value !== id) return
    sample.value = answer instanceof Error ? null : answer
    problem.value = answer instanceof Error ? answer.message : null
  }

  return { chosen, sample, problem, workload, choose }
})
