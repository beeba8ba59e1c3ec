/** Files of the artifact published with DMT: looked at, replayed, and laid over the run's own formula. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { errorWords } from '@shared/format/error-words'
import { MOST_ARTIFACT_FILES } from '@shared/contract/lab-contract'
import type { PaperPages } from '@shared/formulas/places'
import type { ArtifactFiles, ArtifactReplay, PaperResult } from '@shared/model/paper-tools'
import { importedOf, type Imported, type RunSide } from '@renderer/composables/imported-rows'
import { useLab } from '@renderer/composables/lab'
import { useFormulaStore } from './formula'
import { useNoticesStore } from './notices'
import { useSessionStore } from './session'

/** Without dumps there is nothing to replay it over; it may be replayed in lanes like any other trace. */
const isTraceAlone = ({ files }: ArtifactFiles): boolean =>
  files.every(({ content }) => content.kind === 'trace')

export const usePaperToolsStore = defineStore('paper-tools', () => {
  const lab = useLab()
  const session = useSessionStore()
  const formula = useFormulaStore()
  const notices = useNoticesStore()
  /** On show in the dialog; null while it is closed. */
  const looked = shallowRef<ArtifactFiles | null>(null)
  const frameNumbers = ref(false)
  const replayed = shallowRef<ArtifactReplay | null>(null)
  const isReplaying = ref(false)
  /** One line; empty when nothing failed. */
  const failure = ref('')
  const chosen = ref(0)
  const chosenPages = ref<PaperPages | null>(null)
  /** Kept beside the run's numbers until it is removed. */
  const overlay = shallowRef<Imported | null>(null)

  const results = computed<PaperResult[]>(() => [
    ...(looked.value?.results ?? []),
    ...(replayed.value ? [replayed.value.result] : [])
  ])
  const result = computed<PaperResult | null>(() => results.value[chosen.value] ?? null)
  const run = computed<RunSide | null>(() =>
    formula.formula === null || session.info === null
      ? null
      : { environment: session.info.spec.environment, formula: formula.formula }
  )
  const measurements = computed(() => looked.value?.measurements ?? [])
  const pages = computed<PaperPages>(() => chosenPages.value ?? run.value?.formula.pages ?? '4K')
  const imported = computed<Imported | null>(() =>
    result.value === null
      ? null
      : importedOf(result.value, pages.value, measurements.value, run.value?.environment ?? null)
  )

  function show(files: ArtifactFiles): void {
    looked.value = files
    frameNumbers.value = files.seemFrameNumbers
    replayed.value = null
    failure.value = ''
    chosen.value = 0
    chosenPages.value = null
  }

  /** Shows the files when one of them is the artifact's; false: they are for others to take. */
  async function take(tokens: readonly string[]): Promise<boolean> {
    if (tokens.length === 0 || tokens.length > MOST_ARTIFACT_FILES) return false
    const files = await lab.calls['artifact/look']([...tokens], null)
    if (files === null || isTraceAlone(files)) return false
    show(files)
    if (session.hasSession) await formula.ask()
    return true
  }

  /** What the columns of the dumps hold; which dump is the host's may follow from it. */
  async function chooseColumns(areFrameNumbers: boolean): Promise<void> {
    const before = looked.value
    if (before === null || isReplaying.value) return
    frameNumbers.value = areFrameNumbers
    replayed.value = null
    chosen.value = 0
    failure.value = ''
    try {
      const tokens = before.files.map(({ token }) => token)
      const files = await lab.calls['artifact/look'](tokens, areFrameNumbers)
      if (looked.value === before && frameNumbers.value === areFrameNumbers) looked.value = files ?? before
    } catch (error) {
      failure.value = errorWords(error)
    }
  }

  async function replay(): Promise<void> {
    const files = looked.value
    if (!files?.replay || isReplaying.value) return
    isReplaying.value = true
    failure.value = ''
    try {
      const played = await lab.calls['artifact/replay']({ ...files.replay, frameNumbers: frameNumbers.value })
      if (looked.value === null) return
      replayed.value = played
      chosen.value = results.value.length - 1
    } catch (error) {
      failure.value = errorWords(error)
    } finally {
      isReplaying.value = false
    }
  }

  const cancel = async (): Promise<void> => {
    if (isReplaying.value) await lab.calls['artifact/cancel']().catch(() => undefined)
  }

  function close(): void {
    void cancel()
    looked.value = null
  }

  function layOver(): void {
    overlay.value = imported.value
    close()
    if (session.hasResult) formula.open()
    else notices.tell('Laid over', 'Its numbers stand under Formula in the Comparison once a run has begun.')
  }
  const removeOverlay = (): void => void (overlay.value = null)

  const chooseResult = (index: number): void => void (chosen.value = index)
  const choosePages = (size: PaperPages): void => void (chosenPages.value = size)

  return {
    looked,
    frameNumbers,
    replayed,
    isReplaying,
    failure,
    chosen,
    results,
    run,
    measurements,
    pages,
    imported,
    overlay,
    take,
    chooseColumns,
    replay,
    cancel,
    close,
    layOver,
    removeOverlay,
    chooseResult,
    choosePages
  }
})
