/** Help: which topic or design is on show, in which environment and page size, and the walk that its picture is drawn from. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { PAGE_POLICIES, SIZE_TITLE, type PagePolicy } from '@shared/arch/page-size'
import { ENVIRONMENTS, type Environment } from '@shared/model/environment'
import type { DesignInfo } from '@shared/model/catalogue'
import type { WalkRecord } from '@shared/model/walk-record'
import { useLab } from '@renderer/composables/lab'
import { findDesigns } from '@renderer/help/find-designs'
import { environmentRefusal, pageSizeRefusal } from '@renderer/help/meaning'
import { useCatalogueStore } from './catalogue'

export const useHelpStore = defineStore('help', () => {
  const lab = useLab()
  const catalogue = useCatalogueStore()

  /** A design, a workload, or how traces are recorded. */
  const topic = ref<'design' | 'recording' | 'workload'>('design')
  const query = ref('')
  const chosen = ref<string | null>(null)
  const wantedEnvironment = ref<Environment>('virtualized')
  const wantedSize = ref<PagePolicy>('4K')
  const walk = shallowRef<WalkRecord | null>(null)
  const problem = ref<string | null>(null)

  const found = computed(() => findDesigns(catalogue.designs, query.value))
  const design = computed<DesignInfo | null>(() => {
    const at = catalogue.designs.find(({ id }) => id === chosen.value)
    return at ?? catalogue.designs[0] ?? null
  })
  /** What was wanted where the design has a meaning there, else the first in which it has. */
  const environment = computed<Environment>(() => {
    const offered = design.value?.environments ?? ENVIRONMENTS
    return offered.includes(wantedEnvironment.value) ? wantedEnvironment.value : (offered[0] ?? 'native')
  })
  const pageSize = computed<PagePolicy>(() => {
    const info = design.value
    return info === null || pageSizeRefusal(info, wantedSize.value) === null ? wantedSize.value : '4K'
  })
  const environments = computed(() =>
    ENVIRONMENTS.map((value) => ({
      value,
      title: value.charAt(0).toUpperCase() + value.slice(1),
      refusal: design.value && environmentRefusal(design.value, value)
    }))
  )
  const pageSizes = computed(() =>
    PAGE_POLICIES.filter((value) => value !== 'thp').map((value) => ({
      value,
      title: SIZE_TITLE[value],
      refusal: design.value && pageSizeRefusal(design.value, value)
    }))
  )

  let asked = 0
  async function ask(): Promise<void> {
    if (design.value === null) return
    const mine = ++asked
    const choice = { design: design.value.id, environment: environment.value, pageSize: pageSize.value }
    const answer = await lab.calls['design/walk'](choice).catch((error: Error) => error)
    if (mine !== asked) return
    walk.value = answer instanceof Error ? null : answer
    problem.value = answer instanceof Error ? answer.message : null
  }

  const isOpen = ref(false)
  watch([isOpen, design, environment, pageSize], ([open]) => void (open ? ask() : undefined))

  function choose(id: string): void {
    topic.value = 'design'
    chosen.value = id
  }
  const chooseRecording = (): void => void (topic.value = 'recording')
  const show = (open: boolean): void => void (isOpen.value = open)

  return {
    topic,
    query,
    found,
    design,
    environment,
    environments,
    wantedEnvironment,
    pageSize,
    pageSizes,
    wantedSize,
    walk,
    problem,
    choose,
    chooseRecording,
    show
  }
})
