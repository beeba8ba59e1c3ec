/** Help: which page is on show and where the reader came from; of a design, the walk that its picture is drawn from. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { PAGE_POLICIES, SIZE_TITLE, type PagePolicy } from '@shared/arch/page-size'
import { ENVIRONMENT_TITLE, ENVIRONMENTS, type Environment } from '@shared/model/environment'
import type { DesignInfo } from '@shared/model/catalogue'
import type { WalkRecord } from '@shared/model/walk-record'
import { useLab } from '@renderer/composables/lab'
import { latestOnly } from '@renderer/composables/latest'
import { entryOf, type HelpEntry } from '@renderer/help/entries'
import { findDesigns } from '@renderer/help/find-designs'
import { environmentRefusal, pageSizeRefusal } from '@renderer/help/meaning'
import { searchHelp } from '@renderer/help/search-help'
import { useCatalogueStore } from './catalogue'
import { useViewStore, type Tab } from './view'
import { useWorkloadHelpStore } from './workload-help'

/** The first steps, a term or number, a design, a workload, or how traces are recorded. */
export type Topic = 'start' | 'entry' | 'design' | 'recording' | 'workload'

export const useHelpStore = defineStore('help', () => {
  const lab = useLab()
  const catalogue = useCatalogueStore()
  const view = useViewStore()
  const workloads = useWorkloadHelpStore()

  const topic = ref<Topic>('start')
  /** Of a term or a number. */
  const entry = shallowRef<HelpEntry | null>(null)
  /** The tab from which a definition was asked for. */
  const cameFrom = ref<Tab | null>(null)
  const helpQuery = ref('')
  /** What takes the focus when the view is there: it was asked for elsewhere. */
  const awaited = ref<'page' | 'search' | null>(null)
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
      title: ENVIRONMENT_TITLE[value],
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

  const newQuestion = latestOnly()
  async function ask(): Promise<void> {
    if (design.value === null) return
    const isLatest = newQuestion()
    const choice = { design: design.value.id, environment: environment.value, pageSize: pageSize.value }
    const answer = await lab.calls['design/walk'](choice).catch((error: Error) => error)
    if (!isLatest()) return
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

  /** Shows a page by its kind; false where there is none of that name. */
  const SHOW: Record<string, (id: string, name: string) => boolean> = {
    page: (_, name) => {
      topic.value = name === 'recording' ? 'recording' : 'start'
      return true
    },
    design: (_, name) => {
      choose(name)
      return catalogue.designOf(name) !== undefined
    },
    workload: (_, name) => {
      topic.value = 'workload'
      void workloads.choose(name)
      return true
    },
    format: () => {
      topic.value = 'recording'
      return true
    },
    term: (id) => showEntry(id),
    number: (id) => showEntry(id)
  }

  function showEntry(id: string): boolean {
    const found = entryOf(id)
    if (!found) return false
    entry.value = found
    topic.value = 'entry'
    return true
  }

  /** Opens a page of Help from anywhere: `number/walks`, `term/tea`, `design/dmt`, `page/start`. */
  function open(id: string): void {
    const [kind, name = ''] = id.split('/')
    if (!SHOW[kind]?.(id, name)) return
    if (view.tab !== 'Help') cameFrom.value = view.tab
    view.isAsking = false
    view.tab = 'Help'
    awaited.value = 'page'
  }

  /** Goes to the search of Help, which takes the focus. */
  function beginSearch(): void {
    view.show('Help')
    awaited.value = 'search'
  }

  /** Back to where a definition was asked for. */
  function goBack(): void {
    if (cameFrom.value !== null) view.tab = cameFrom.value
    cameFrom.value = null
  }

  const results = computed(() =>
    searchHelp(
      { designs: catalogue.designs, workloads: catalogue.workloads, formats: catalogue.traceFormats },
      helpQuery.value
    )
  )

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
    entry,
    cameFrom,
    helpQuery,
    awaited,
    results,
    choose,
    chooseRecording,
    open,
    beginSearch,
    goBack,
    show
  }
})
