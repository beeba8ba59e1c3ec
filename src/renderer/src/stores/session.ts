/** The session that runs: its state, its latest snapshot, and the commands of the transport. */
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { errorWords } from '@shared/format/error-words'
import { isSampled as isSampledSource } from '@shared/model/sampled'
import type { Progress, RunState, SessionInfo, Snapshot } from '@shared/model/snapshot'
import { useLab } from '@renderer/composables/lab'
import { latestOnly } from '@renderer/composables/latest'
import { useNoticesStore } from './notices'
import { useRunBeforeStore } from './run-before'
import { useSeriesStore } from './series'
import { useSetupStore } from './setup'
import { useSetupPendingStore } from './setup-pending'
import { useViewStore } from './view'

/** Numbers in the window change at most this often; the charts take every snapshot. */
const CALM_MS = 120

/** What a session is built from: the draft that follows it when it stands, and whether it is the one before, further back. */
interface Origin {
  readonly draft: ReturnType<typeof useSetupStore>['draft']
  readonly isBack: boolean
}

/** A lab that is reached again has nothing set up. What was measured stays to be read. */
const LOST =
  'The connection to the lab was lost, and this run with it. Once it is back, press Run to begin anew.'

/** What was measured by then is not lost. */
const KEPT = 'To compare both, open Results and press Beside the run before.'

type Pulse = Pick<Snapshot, 'references' | 'referencesTotal' | 'referencesPerSecond'>

export const useSessionStore = defineStore('session', () => {
  const lab = useLab()
  const setup = useSetupStore()
  const pending = useSetupPendingStore()
  const series = useSeriesStore()
  const before = useRunBeforeStore()
  const view = useViewStore()
  const notices = useNoticesStore()

  const info = shallowRef<SessionInfo | null>(null)
  const snapshot = shallowRef<Snapshot | null>(null)
  const progress = shallowRef<Progress | null>(null)
  const isPreparing = ref(false)
  const failure = ref<string | null>(null)
  const speed = ref<number | null>(null)
  /** How far the run is and how fast, also while nothing is drawn. */
  const pulse = shallowRef<Pulse | null>(null)
  const isDrawn = ref(true)
  /** What came while nothing was drawn. */
  let held: Snapshot | null = null
  let shownAt = -Infinity
  let wantsToRun = false
  const newBuild = latestOnly()
  let isCancelled = false
  /** The session that begins is the one before it at an earlier access: its first snapshot says at which. */
  let mustCut = false
  /** The first snapshot of a session may overtake the answer that names it. */
  let early: Snapshot | null = null

  const anew = (): Origin => ({ draft: setup.draft, isBack: false })

  const hasSession = computed(() => info.value !== null)
  /** Accesses are samples of a program's: nothing is claimed about hits, misses and what follows from them. */
  const isSampled = computed(() => info.value !== null && isSampledSource(info.value.source))
  const state = computed<RunState>(() => {
    if (isPreparing.value) return 'running'
    if (failure.value !== null) return 'failed'
    return snapshot.value?.state ?? 'ready'
  })
  const isRunning = computed(() => state.value === 'running')
  const hasResult = computed(() => (snapshot.value?.references ?? 0) > 0)
  /** There is nothing to go on with: the next step begins the run anew. */
  const isOver = computed(() => hasSession.value && ['finished', 'failed'].includes(state.value))
  /** What stands takes switches, speed and drawing at once; a session that is being built is told at its end. */
  const isStanding = computed(() => hasSession.value && !isPreparing.value && failure.value === null)

  function receive(next: Snapshot): void {
    if (next.session !== info.value?.session) return void (early = next)
    if (mustCut) series.cut(next.references)
    mustCut = false
    series.take(next, isDrawn.value)
    pulse.value = next
    held = next
    const now = performance.now()
    const shown = snapshot.value
    const isSwitched = next.markers.length !== shown?.markers.length
    const isNews = isSwitched || next.state !== shown?.state || next.state !== 'running'
    if (!isNews && (!isDrawn.value || now - shownAt < CALM_MS)) return
    show(next)
  }

  function show(next: Snapshot): void {
    shownAt = performance.now()
    held = null
    snapshot.value = next
    series.refresh()
  }

  /** The run becomes the one before, and what pointed into it points nowhere. */
  function leaveRun(): void {
    before.keep(info.value, snapshot.value)
    series.clear()
    view.forget()
  }

  function showNothing(): void {
    failure.value = null
    snapshot.value = null
    pulse.value = held = null
    shownAt = -Infinity
  }

  /** Everything measured so far is gone when a session begins anew, unless it only goes back. */
  function begin(next: SessionInfo, { draft, isBack }: Origin): void {
    if (!isBack) leaveRun()
    info.value = next
    showNothing()
    mustCut = isBack
    pending.markApplied(next.spec, draft)
    if (early?.session === next.session) receive(early)
    early = null
  }

  /** Nothing runs and nothing is shown: the state before the first session. */
  function forget(): void {
    leaveRun()
    info.value = null
    showNothing()
  }

  /** Takes a session that was built, unless the person has called it off. */
  async function takeBuilt(built: SessionInfo, origin: Origin): Promise<boolean> {
    if (isCancelled) {
      forget()
      return false
    }
    begin(built, origin)
    await lab.calls['session/speed'](speed.value)
    await lab.calls['session/drawing'](isDrawn.value)
    return true
  }

  /**
   * The lab has ended the session before: its numbers stay to be read, and whatever comes next builds anew.
   * @throws what went wrong, unless the person has called it off
   */
  function takeFailure(error: unknown): void {
    if (isCancelled) return forget()
    setup.markUnfit(error)
    if (info.value !== null) failure.value ??= errorWords(error)
    throw error
  }

  /** True when the session stands; false when the person has called it off, or another build has overtaken it. */
  async function building(build: () => Promise<SessionInfo>, origin = anew()): Promise<boolean> {
    const isLatest = newBuild()
    isPreparing.value = true
    isCancelled = false
    failure.value = null
    try {
      const built = await build()
      return isLatest() && (await takeBuilt(built, origin)) && isLatest()
    } catch (error) {
      if (isLatest()) takeFailure(error)
      return false
    } finally {
      if (isLatest()) endPreparing()
    }
  }

  function endPreparing(): void {
    isPreparing.value = false
    progress.value = null
  }

  const prepare = (): Promise<boolean> => building(() => lab.calls['session/prepare'](setup.input()))

  /** A session that can go on, built first where there is none. */
  const isReady = async (): Promise<boolean> => (info.value !== null && !isOver.value ? true : prepare())

  /** A step after the end begins the run anew, which its button does not say by its name. */
  async function isReadyToStep(): Promise<boolean> {
    const wasOver = isOver.value
    const isReadyNow = await isReady()
    if (isReadyNow && wasOver) notices.tell('The run began anew', before.run ? KEPT : '')
    return isReadyNow
  }

  async function run(): Promise<void> {
    wantsToRun = true
    if (isPreparing.value) return
    if ((await isReady()) && wantsToRun) await lab.calls['session/run']()
  }

  /** While memory is being populated there is nothing to pause; the run then does not start by itself. */
  async function pause(): Promise<void> {
    wantsToRun = false
    if (!isPreparing.value) await lab.calls['session/pause']()
  }

  async function reset(): Promise<void> {
    wantsToRun = false
    if (pending.isChanged || failure.value !== null) await prepare()
    else await building(() => lab.calls['session/reset']())
  }

  async function stepAccess(): Promise<void> {
    wantsToRun = false
    if (await isReadyToStep()) await lab.calls['session/step'](1)
  }

  async function stepToWalk(): Promise<void> {
    wantsToRun = false
    if (await isReadyToStep()) await lab.calls['session/stepToWalk']()
  }

  /** Undoes the last access in all lanes; what waits in the set-up for a Reset goes on waiting. */
  async function stepBack(): Promise<void> {
    wantsToRun = false
    const draft = pending.isChanged ? null : setup.draft
    await building(() => lab.calls['session/back'](1), { draft, isBack: true })
  }

  async function setSpeed(perSecond: number | null): Promise<void> {
    speed.value = perSecond
    if (isStanding.value) await lab.calls['session/speed'](perSecond)
  }

  /** Without drawing the run goes on, and charts and numbers hold still; what came meanwhile is shown afterwards. */
  async function setDrawn(drawn: boolean): Promise<void> {
    isDrawn.value = drawn
    if (drawn && held) show(held)
    if (isStanding.value) await lab.calls['session/drawing'](drawn)
  }

  const setDmt = (lane: number, on: boolean): Promise<void> => lab.calls['lane/dmt'](lane, on)
  const setCooperation = (on: boolean): Promise<void> => lab.calls['session/cooperation'](on)

  /** Leaves the preparation; what ran before it is gone, because its lanes were taken down for the new ones. */
  async function cancelPreparing(): Promise<void> {
    isCancelled = true
    wantsToRun = false
    await lab.calls['session/cancel']()
  }

  const undo = [
    lab.on('session/snapshot', receive),
    lab.on('session/progress', (next) => void (progress.value = next)),
    lab.on('session/failed', (problem) => void (failure.value = problem.message)),
    lab.onConnection((state) => {
      if (state !== 'connected' && hasSession.value) failure.value = LOST
    })
  ]
  onScopeDispose(() => undo.forEach((stop) => stop()))

  return {
    info,
    snapshot,
    progress,
    isPreparing,
    failure,
    speed,
    pulse,
    isDrawn,
    hasSession,
    isSampled,
    state,
    isRunning,
    hasResult,
    isOver,
    isStanding,
    prepare,
    run,
    pause,
    reset,
    cancelPreparing,
    stepAccess,
    stepToWalk,
    stepBack,
    setSpeed,
    setDrawn,
    setDmt,
    setCooperation
  }
})
