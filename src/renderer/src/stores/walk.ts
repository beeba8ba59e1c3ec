/** The walk on show: which one, one record for each of the lanes chosen, and the step the reader stands at. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { errorWords } from '@shared/format/error-words'
import type { WalkHistogram } from '@shared/model/walk-histogram'
import type { WalkAttempt, WalkRecord, WalkStep, WalkSummary } from '@shared/model/walk-record'
import { useLab } from '@renderer/composables/lab'
import { latestOnly } from '@renderer/composables/latest'
import { useLanesStore } from '@renderer/stores/lanes'
import { useSessionStore } from '@renderer/stores/session'
import { useViewStore } from '@renderer/stores/view'
import { settled } from '@renderer/walk/critical-path'
import { nextStep, previousStep, stepAt, type StepCursor } from '@renderer/walk/step-cursor'
import { totalOf, stepsDone } from '@renderer/walk/so-far'
import { letterOf } from '@renderer/lanes/letters'
import { choiceOf, type WalkWanted } from '@renderer/walk/walk-choices'
import { subjectLane } from '@renderer/walk/why-slow'

/** A walk as it ran, and from cold where that is asked for. */
type Fetched = readonly [readonly (WalkRecord | null)[], readonly (WalkRecord | null)[] | null]

/** Where the cursor stands in a walk that has just been fetched; `keep`: where it was, if it is the same walk. */
type Start = 'first' | 'last' | 'keep'

export const useWalkStore = defineStore('walk', () => {
  const lab = useLab()
  const session = useSessionStore()
  const view = useViewStore()
  const lanes = useLanesStore()

  /** One of the walks as it ran: a walk from cold has neither number nor reference. */
  const ran = shallowRef<WalkRecord | null>(null)
  /** As they were fetched, of every lane. */
  const fetched = shallowRef<readonly (WalkRecord | null)[]>([])
  const kept = shallowRef<readonly WalkSummary[]>([])
  const histogram = shallowRef<WalkHistogram | null>(null)
  const isCold = ref(false)
  /** What is asked for where no other part of the window has asked for a walk. */
  const own = shallowRef<WalkWanted>({ which: 'latest' })
  /** Of the attempts at an access that faulted; null: the one to begin with. */
  const attempt = ref<number | null>(null)
  const cursor = ref<StepCursor | null>(null)
  const problem = ref<string | null>(null)
  const newQuestion = latestOnly()
  let loaded: unknown = null
  let startAtFirst = false

  const laneCount = computed(() => session.info?.spec.lanes.length ?? 0)
  /** Lanes side by side, by their numbers: the first and the one it is compared with. */
  const shown = computed(() => [0, lanes.against].filter((lane) => lane < laneCount.value))
  const letters = computed(() => shown.value.map(letterOf))
  const designs = computed(() => shown.value.map((lane) => session.info?.spec.lanes[lane] ?? ''))
  const records = computed(() => shown.value.map((lane) => fetched.value[lane] ?? null))

  const hasWalk = computed(() => records.value.some((record) => record !== null))
  const lead = computed(() => subjectLane(records.value))
  const step = computed<WalkStep | null>(() => stepAt(records.value, cursor.value))
  /** Cycles at which the playhead stands. */
  const now = computed(() => step.value?.cyclesSoFar ?? 0)
  const canGoOn = computed(() => nextStep(records.value, cursor.value) !== null)
  const canGoBack = computed(() => previousStep(records.value, cursor.value) !== null)

  const wanted = computed<WalkWanted>(() => {
    if (view.walkReference !== null) return { which: 'reference', reference: view.walkReference }
    return view.walkBucket ? { which: 'bucket', ...view.walkBucket } : own.value
  })
  /** An address is being entered: it is shown in place of the walk's. */
  const isAsking = ref(false)
  /** It follows the run. */
  const isFollowing = computed(
    () => !isAsking.value && ['latest', 'slowest', 'fault'].includes(wanted.value.which)
  )
  /** Attempts of the lane that was walked most often; null where none faulted. */
  const attempts = computed<WalkAttempt | null>(() => {
    const all = records.value.flatMap((record) => record?.attempt ?? [])
    return all.reduce<WalkAttempt | null>((most, one) => (most && most.of >= one.of ? most : one), null)
  })

  /** What each lane of the set-up has spent at the playhead, and in its whole walk; null without a walk on show. */
  const figures = computed(() =>
    Array.from({ length: laneCount.value }, (_, lane) => {
      const record = shown.value.includes(lane) ? fetched.value[lane] : null
      return record ? { done: totalOf(stepsDone(record, now.value)), all: totalOf(record.steps) } : null
    })
  )
  /** How much faster the second walk on show is; null where one lane did not walk. */
  const speedup = computed(() => {
    const [a, b] = shown.value.map((lane) => figures.value[lane])
    return a && b && b.all.cycles > 0 ? a.all.cycles / b.all.cycles : null
  })

  /** The walks that any of the lanes shown still keeps, newest first. */
  async function listWalks(): Promise<WalkSummary[]> {
    const lists = await Promise.all(shown.value.map((lane) => lab.calls['walk/list'](lane)))
    const byReference = new Map(
      lists.toReversed().flatMap((list) => list.map((walk) => [walk.reference, walk]))
    )
    return [...byReference.values()].sort((a, b) => b.reference - a.reference)
  }

  /** While a run goes on it changes faster than anyone can choose from it. */
  async function countWalks(): Promise<WalkHistogram | null> {
    return session.isRunning || shown.value.length === 0
      ? histogram.value
      : lab.calls['walk/histogram'](shown.value[0])
  }

  function show([warm, cold]: Fetched, start: Start): void {
    const before = ran.value
    ran.value = warm.find((record) => record !== null) ?? null
    fetched.value = (cold ?? warm).map((record) => record && settled(record))
    const isSame = ran.value?.reference === before?.reference && step.value !== null
    if (start === 'keep' && isSame) return
    stand(start)
  }

  /** At the first or the last step of the walk to speak of first. */
  function stand(start: Start): void {
    const count = records.value[lead.value]?.steps.length ?? 0
    cursor.value = count > 0 ? { lane: lead.value, n: start === 'first' ? 1 : count } : null
  }

  async function getWalk(): Promise<Fetched> {
    const chosen = choiceOf(wanted.value, attempt.value)
    const warm = lab.calls['walk/get']({ ...chosen, cold: false })
    const cold = isCold.value ? lab.calls['walk/get']({ ...chosen, cold: true }) : null
    return Promise.all([warm, cold])
  }

  const pointed = (): unknown => view.walkReference ?? view.walkBucket

  async function fetchWalk(start: Start): Promise<void> {
    const isLatest = newQuestion()
    loaded = pointed()
    try {
      const [found, walks, counts] = await Promise.all([getWalk(), listWalks(), countWalks()])
      if (!isLatest()) return
      kept.value = walks
      histogram.value = counts
      problem.value = null
      startAtFirst = false
      show(found, start)
    } catch (error) {
      if (isLatest()) problem.value = errorWords(error)
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
    newQuestion()
    fetched.value = kept.value = []
    ran.value = histogram.value = null
    cursor.value = null
    problem.value = null
    attempt.value = null
  }

  function want(one: WalkWanted): void {
    isAsking.value = false
    attempt.value = null
    view.walkReference = one.which === 'reference' ? one.reference : null
    view.walkBucket = one.which === 'bucket' ? { lane: one.lane, bucket: one.bucket } : null
    if (one.which !== 'reference' && one.which !== 'bucket') own.value = one
  }

  /** A reference, the latest, slowest or latest faulting walk, one of a bar, or an address. */
  async function choose(which: number | 'latest' | 'slowest' | 'fault' | WalkWanted): Promise<void> {
    if (typeof which === 'number') want({ which: 'reference', reference: which })
    else want(typeof which === 'string' ? { which } : which)
    await load()
  }

  async function setCold(cold: boolean): Promise<void> {
    isCold.value = cold
    await load()
  }

  async function setAttempt(number: number): Promise<void> {
    attempt.value = number
    await load()
  }

  /** Another lane stands beside the first. */
  watch(
    () => lanes.against,
    () => stand('last')
  )

  /** What was typed is an address of the session before. */
  watch(
    () => session.info?.session,
    () => (isAsking.value = false)
  )

  /** Another part of the window asked for a walk. */
  watch(pointed, (now) => {
    if (now === loaded) return
    isAsking.value = false
    attempt.value = null
    void load()
  })

  function select(lane: number, n: number): void {
    cursor.value = { lane, n }
  }

  const restart = (): void => stand('first')
  const finish = (): void => stand('last')

  /** Any number: beyond the walk, its first or last step. */
  function jump(n: number): void {
    const lane = cursor.value?.lane ?? lead.value
    const count = records.value[lane]?.steps.length ?? 0
    if (count > 0 && Number.isFinite(n)) select(lane, Math.min(count, Math.max(1, Math.round(n))))
  }

  const goOn = (): void => void (cursor.value = nextStep(records.value, cursor.value) ?? cursor.value)
  const goBack = (): void => void (cursor.value = previousStep(records.value, cursor.value) ?? cursor.value)

  /** The next step of this walk; after its last one, the first step of the next access that walks. */
  async function stepInside(): Promise<void> {
    if (canGoOn.value) return goOn()
    await session.stepToWalk()
    want({ which: 'latest' })
    await load('first')
  }

  return {
    records,
    kept,
    histogram,
    shown,
    letters,
    designs,
    laneCount,
    isCold,
    isAsking,
    isFollowing,
    wanted,
    attempts,
    cursor,
    problem,
    hasWalk,
    lead,
    ran,
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
    setAttempt,
    select,
    restart,
    finish,
    jump,
    goOn,
    goBack,
    stepInside
  }
})
