/** Fragmentation tried on machines of their own: while a slider moves the latest degree is tried, one at a time. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { errorWords } from '@shared/format/error-words'
import type { FragmentationTry } from '@shared/model/fragmentation-try'
import { useLab } from '@renderer/composables/lab'
import { withTry } from '@renderer/memory/fragment-curve'
import { useMemoryStore } from '@renderer/stores/memory'
import { useSetupStore } from '@renderer/stores/setup'

export const useFragmentationStore = defineStore('fragmentation', () => {
  const lab = useLab()
  const setup = useSetupStore()
  const memory = useMemoryStore()

  const tries = shallowRef<readonly FragmentationTry[]>([])
  const wanted = ref<number | null>(null)
  const problem = ref<string | null>(null)

  const value = computed(() => wanted.value ?? setup.draft?.fragmentation ?? 0)
  const shown = computed(() => tries.value.find((one) => one.fragmentation === value.value) ?? null)

  /** What was tried belongs to a set-up and a lane. */
  const belongsTo = computed(() => JSON.stringify([{ ...setup.draft, fragmentation: 0 }, memory.lane]))
  watch(belongsTo, () => {
    tries.value = []
    problem.value = null
  })

  async function tryOne(degree: number): Promise<void> {
    const of = belongsTo.value
    const answer = await lab.calls['memory/fragment'](setup.input(), degree, memory.lane)
    if (of === belongsTo.value) tries.value = withTry(tries.value, { ...answer, fragmentation: degree })
  }

  const isKnown = (): boolean => tries.value.some((one) => one.fragmentation === value.value)

  /** Goes on until the degree that is wanted now was tried. */
  async function follow(): Promise<void> {
    problem.value = null
    try {
      while (!isKnown()) await tryOne(value.value)
    } catch (error) {
      problem.value = errorWords(error)
    }
  }

  const underWay = shallowRef<Promise<void> | null>(null)
  const isTrying = computed(() => underWay.value !== null)

  /** Waits for what is under way, which goes on until this degree was tried. @param degree 0..1 */
  function want(degree: number): Promise<void> {
    wanted.value = degree
    underWay.value ??= follow().finally(() => (underWay.value = null))
    return underWay.value
  }

  /** 0 %, 10 %, .. 100 %, then back to where the slider stood. */
  async function tryTenths(): Promise<void> {
    const before = value.value
    for (let tenth = 0; tenth <= 10; tenth++) {
      await want(tenth / 10)
      if (problem.value !== null || value.value !== tenth / 10) return
    }
    await want(before)
  }

  const use = (): Promise<void> => setup.change({ fragmentation: value.value })

  return { tries, value, shown, problem, isTrying, want, tryTenths, use }
})
