/**
 * Files on their way in: traces are looked at, read through, and only then used; those of the paper's tools go to
 * their store.
 */
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { errorWords } from '@shared/format/error-words'
import { readCount } from '@shared/format/typed'
import type { ImportedTrace, TraceSummary } from '@shared/model/catalogue'
import type { Progress } from '@shared/model/snapshot'
import type { TraceFormatChoice } from '@shared/model/trace-format-id'
import type { TracePeek } from '@shared/model/trace-look'
import type { TraceSpec } from '@shared/model/spec'
import { useLab } from '@renderer/composables/lab'
import { latestOnly } from '@renderer/composables/latest'
import { useJsonFilesStore } from './json-files'
import { useMapsStore } from './maps'
import { useNoticesStore } from './notices'
import { usePaperToolsStore } from './paper-tools'
import { useRecentStore } from './recent'
import { useSetupStore } from './setup'

const REFUSED = 'The file was not imported'

/** A trace that is being looked at; its summary follows when all of it has been read. */
export interface Preview extends TracePeek {
  readonly summary: TraceSummary | null
  /** What it is read as; `auto` by the shape of its content. */
  readonly format: TraceFormatChoice
}

const isBeingRead = ({ summary, unread }: Preview): boolean => summary === null && unread === null

const anew = (one: TracePeek): Preview => ({ ...one, summary: null, format: 'auto' })

/** One trace and, where it came along, the memory map of the same process; a map may follow its trace. */
function join(files: readonly TracePeek[], before: Preview | null): Preview {
  const traces = files.filter((file) => file.maps === null)
  const maps = files.filter((file) => file.maps !== null)
  if (traces.length > 1 || maps.length > 1)
    throw new Error('One trace and one memory map at a time, drop them alone.')
  const [trace] = traces.length > 0 ? traces.map(anew) : [before]
  if (!trace) throw new Error('There is a memory map but no trace, drop both together.')
  return { ...trace, maps: maps[0]?.maps ?? trace.maps }
}

export const useFilesStore = defineStore('files', () => {
  const lab = useLab()
  const jsonFiles = useJsonFilesStore()
  const notices = useNoticesStore()
  const paperTools = usePaperToolsStore()
  const maps = useMapsStore()
  const recent = useRecentStore()
  const setup = useSetupStore()
  const preview = shallowRef<Preview | null>(null)
  /** Traces that were used, by their tokens: the set-up may come back to an earlier one. */
  const used = shallowRef<Readonly<Record<string, ImportedTrace>>>({})
  /** What the set-up's trace is, in words; its spec holds only a token. */
  const inUse = computed(() => used.value[setup.draft?.trace?.file ?? ''] ?? null)
  const isReading = ref(false)
  const progress = shallowRef<Progress | null>(null)
  /** The trace starts again at its end. */
  const isLooped = ref(false)
  /** How many references to run; null: once through, or twice where it is looped. */
  const wanted = ref<number | null>(null)
  /** Why what was typed for it is none. */
  const wantedProblem = ref<string | null>(null)
  let surveying: Promise<void> = Promise.resolve()
  const newLook = latestOnly()

  const references = computed(() => {
    const { fetches = 0, loads = 0, stores = 0, crossings = 0 } = preview.value?.summary ?? {}
    return wanted.value ?? (isLooped.value ? 2 : 1) * (fetches + loads + stores + crossings)
  })

  function want(text: string): void {
    const count = readCount(text)
    wantedProblem.value = count ? null : `“${text}” is no count, write it like 2M or 2,000,000.`
    if (count) wanted.value = count
  }

  const change = (part: Partial<Preview>): void => {
    if (preview.value) preview.value = { ...preview.value, ...part }
  }

  /** Who chose the format may choose another; what the content itself says is told and the file put away. */
  function failed(format: TraceFormatChoice, error: unknown): void {
    if (format !== 'auto') return change({ unread: errorWords(error) })
    preview.value = null
    notices.fail(REFUSED, error)
  }

  async function survey({ token, format }: Preview): Promise<void> {
    const isLatest = newLook()
    const isShown = (): boolean => isLatest() && preview.value !== null
    progress.value = null
    try {
      const { summary } = await lab.calls['trace/describe'](token, format)
      if (isShown()) change({ summary })
    } catch (error) {
      if (isShown()) failed(format, error)
    } finally {
      if (isShown()) progress.value = null
    }
  }

  const isAsBefore = (next: Preview): boolean =>
    next.token === preview.value?.token &&
    next.summary === preview.value.summary &&
    next.format === preview.value.format

  /** Reads all of it, where its beginning could be read and nobody reads it already. */
  function show(next: Preview): Promise<void> {
    const isSame = isAsBefore(next)
    preview.value = next
    if (isSame) return surveying
    isLooped.value = false
    wanted.value = null
    wantedProblem.value = null
    newLook()
    surveying = isBeingRead(next) ? survey(next) : Promise.resolve()
    return surveying
  }

  const stopReading = (): void => void notices.attempt(REFUSED, () => lab.calls['trace/cancel']())

  async function look(format: TraceFormatChoice, token: string): Promise<void> {
    const isLatest = newLook()
    const found = await lab.calls['trace/peek'](token, format).catch((error: unknown) => ({
      unread: errorWords(error)
    }))
    if (!isLatest() || preview.value === null) return
    // The map is what was chosen with the trace: that of the answer is of a file that is a map itself.
    const { maps } = preview.value
    change({ ...found, maps })
    if (isBeingRead(preview.value)) await survey(preview.value)
  }

  /** Looks at the file again, as another format. */
  function readAs(format: TraceFormatChoice): Promise<void> {
    const before = preview.value
    if (!before) return Promise.resolve()
    if (isBeingRead(before)) stopReading()
    change({ format, shape: null, unread: null, firstBadLines: [], summary: null })
    surveying = look(format, before.token)
    return surveying
  }

  /** While a trace is looked at, a map that follows is its own. */
  const takenElsewhere = async (tokens: readonly string[]): Promise<boolean> =>
    (preview.value === null && (await maps.take(tokens))) ||
    (tokens.length === 1 && (await jsonFiles.takeOne(tokens[0]))) ||
    (await paperTools.take(tokens))

  const peeks = (tokens: readonly string[]): Promise<TracePeek[]> =>
    Promise.all(tokens.map((token) => lab.calls['trace/peek'](token)))

  /** Choosing is not reading: a person may take their time, and nothing waits for them. */
  async function takeIn(tokensOf: () => Promise<string[]>): Promise<void> {
    const next = await notices.attempt(REFUSED, async () => {
      const tokens = await tokensOf()
      if (tokens.length === 0) return null
      isReading.value = true
      const joined = (await takenElsewhere(tokens)) ? null : join(await peeks(tokens), preview.value)
      if (joined === null || joined.unread === null) void recent.add(tokens)
      return joined
    })
    isReading.value = false
    if (next) await show(next)
  }

  const choose = (): Promise<void> => takeIn(() => lab.chooseFiles())
  const take = (files: readonly File[]): Promise<void> => takeIn(() => lab.importFiles(files))
  const open = (tokens: string[]): Promise<void> => takeIn(async () => tokens)

  /** Gives up the reading, too. */
  function dismiss(): void {
    const wasBeingRead = preview.value !== null && isBeingRead(preview.value)
    preview.value = null
    progress.value = null
    if (wasBeingRead) stopReading()
  }

  /** Another format may be chosen meanwhile. */
  async function readingEnded(): Promise<void> {
    let awaited
    do await (awaited = surveying)
    while (awaited !== surveying)
  }

  /** Makes the previewed trace the accesses of the set-up. Whoever is faster than the reading waits for it. */
  async function use(): Promise<void> {
    await readingEnded()
    const trace = preview.value
    if (!trace?.summary) return
    const { token, name, bytes, summary, maps, format } = trace
    const spec: TraceSpec = { file: token, format, maps: maps?.token ?? null }
    const loop = isLooped.value
    // The load and the store of a record that crosses a page may each be split: with both the end is reached.
    const count = loop || wanted.value !== null ? references.value : references.value + summary.crossings
    used.value = { ...used.value, [token]: { token, name, bytes, summary, maps } }
    preview.value = null
    // A file that only its person knew the format of is a recent one from here on.
    if (format !== 'auto') void recent.add([token])
    await setup.change({ trace: spec, scenario: null, references: count, warmup: 0, loop })
  }

  const undo = lab.on('trace/progress', (reading) => {
    if (reading.token === preview.value?.token) progress.value = reading.progress
  })
  onScopeDispose(undo)

  return {
    preview,
    inUse,
    isReading,
    progress,
    isLooped,
    want,
    wantedProblem,
    references,
    choose,
    take,
    open,
    readAs,
    dismiss,
    use
  }
})
