/** The walk on show: which reference's, one record for each lane, and the step the reader stands at. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { WalkChoice } from '@shared/contract/lab-contract'
import type { WalkRecord, WalkStep, WalkSummary } from '@shared/model/walk-record'
import { useLab } from '@renderer/composables/lab'
import { useSessionStore } from '@renderer/stores/session'
import { useViewStore } from '@renderer/stores/view'
import { nextStep, previousStep, stepAt, type StepCursor } from '@renderer/walk/step-cursor'
import { totalOf, stepsDone } from '@renderer/walk/so-far'
import { subjectLane } from '@renderer/walk/why-slow'

/** Lanes that stand side by side in the walk view. */
const LANES_SHOWN = 2

/** Where the cursor stands in a walk that has just been fetched; `keep`: where it was, if it is the same walk. */
type Start = 'first' | 'last' | 'keep'

export const useWalkStore = defineStore('walk', () => {
  const lab = useLab()
  const session = useSessionStore()
  const view = useViewStore()

  const records = shallowRef<readonly (WalkRecord | null)[]>([])
  const kept = shallowRef<readonly WalkSummary[]>([])
  const isCold = ref(false)
  const isSlowest = ref(false)
  const cursor = ref<StepCursor | null>(null)
  const problem = ref<string | null>(null)
  let asked = 0
  let loadedReference: number | null = null
  let startAtFirst = false

  const hasWalk = computed(() => records.value.some((record) => record !== null))
  const lead = computed(() => subjectLane(records.value))
  const shown = computed(() => records.value.find((record) => record !== null) ?? null)
  /** The walk on show as it happened: one from cold has no number and no reference of its own. */
  const shownAsRun = computed<WalkSummary | null>(() => {
    const now = shown.value
    if (!now || now.walk > 0) return now
    return kept.value.find((walk) => walk.address === now.address) ?? null
  })
  const step = computed<WalkStep | null>(() => stepAt(records.value, cursor.value))
  /** Cycles at which the playhead stands. */
  const now = computed(() => step.value?.cyclesSoFar ?? 0)
  const canGoOn = computed(() => nextStep(records.value, cursor.value) !== null)
  const canGoBack = computed(() => previousStep(records.value, cursor.value) !== null)

  /** What a lane has spent at the playhead, and in its whole walk; null without a walk. */
  const figures = computed(() =>
    records.value.map(
      (record) => record && { done: totalOf(stepsDone(record, now.value)), all: totalOf(record.steps) }
    )
  )
  /** How much faster the second lane's walk is; null where one lane did not walk. */
  const speedup = computed(() => {
    const [a, b] = figures.value
    return a && b && b.all.cycles > 0 ? a.all.cycles / b.all.cycles : null
  })

  function choice(): WalkChoice {
    if (view.walkReference !== null)
      return { which: 'reference', reference: view.walkReference, cold: isCold.value }
    return { which: isSlowest.value ? 'slowest' : 'latest', cold: isCold.value }
  }

  /** The walks that any of the lanes shown still keeps, newest first. */
  async function listWalks(): Promise<WalkSummary[]> {
    const count = Math.min(LANES_SHOWN, session.info?.spec.lanes.length ?? 0)
    const lists = await Promise.all(Array.from({ length: count }, (_, lane) => lab.calls['walk/list'](lane)))
    const byReference = new Map(
      lists.toReversed().flatMap((list) => list.map((walk) => [walk.reference, walk]))
    )
    return [...byReference.values()].sort((a, b) => b.reference - a.reference)
  }

  function show(found: readonly (WalkRecord | null)[], start: Start): void {
    const before = shown.value
    records.value = found.slice(0, LANES_SHOWN)
    const isSame = shown.value?.reference === before?.reference && step.value !== null
    if (start === 'keep' && isSame) return
    const count = records.value[lead.value]?.steps.length ?? 0
    cursor.value = count > 0 ? { lane: lead.value, n: start === 'first' ? 1 : count } : null
  }

  async function fetchWalk(start: Start): Promise<void> {
    const question = ++asked
    loadedReference = view.walkReference
    try {
      const [found, walks] = await Promise.all([lab.calls['walk/get'](choice()), listWalks()])
      if (question !== asked) return
      kept.value = walks
      problem.value = null
      startAtFirst = false
      show(found, start)
    } catch (error) {
      if (question === asked) problem.value = error instanceof Error ? error.message : String(error)
    }
  }

  /**
   * Fetches the chosen walk. An answer that a later question has overtaken is dropped, but a walk that is being
   * entered still opens at its first step.
   */
  async function load(start: Start = 'last'): Promise<void> {
    if (!session.hasSession) return clear()
    startAtFirst = start === 'first' || (startAtFirst && start === 'keep')
    await fetchWalk(startAtFirst ? 'first' : start)
  }

  function clear(): void {
    asked++
    records.value = kept.value = []
    cursor.value = null
    problem.value = null
  }

  /** A reference, or the latest or slowest walk. */
  async function choose(which: number | 'latest' | 'slowest'): Promise<void> {
    isSlowest.value = which === 'slowest'
    view.walkReference = typeof which === 'number' ? which : null
    await load()
  }

  async function setCold(cold: boolean): Promise<void> {
    isCold.value = cold
    await load()
  }

  /** Another part of the window asked for a walk. */
  watch(
    () => view.walkReference,
    (reference) => {
      if (reference !== loadedReference) void load()
    }
  )

  function select(lane: number, n: number): void {
    cursor.value = { lane, n }
  }

  function restart(): void {
    if (hasWalk.value) select(lead.value, 1)
  }

  const goOn = (): void => void (cursor.value = nextStep(records.value, cursor.value) ?? cursor.value)
  const goBack = (): void => void (cursor.value = previousStep(records.value, cursor.value) ?? cursor.value)

  /** The next step of this walk; after its last one, the first step of the next access that walks. */
  async function stepInside(): Promise<void> {
    if (canGoOn.value) return goOn()
    await session.stepToWalk()
    isSlowest.value = false
    view.walkReference = null
    await load('first')
  }

  return {
    records,
    kept,
    isCold,
    isSlowest,
    cursor,
    problem,
    hasWalk,
    lead,
    shown,
    shownAsRun,
    step,
    now,
    canGoOn,
    canGoBack,
    figures,
    speedup,
    load,
    clear,
    choose,
    setCold,
    select,
    restart,
    goOn,
    goBack,
    stepInside
  }
})
