/**
 * Files on their way in: traces are looked at, read through, and only then used; those of the paper's tools go to
 * their store.
 */
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { ImportedTrace, TraceSummary } from '@shared/model/catalogue'
import type { Progress } from '@shared/model/snapshot'
import type { TracePeek } from '@shared/model/trace-look'
import type { TraceSpec } from '@shared/model/spec'
import { useLab } from '@renderer/composables/lab'
import { useMapsStore } from './maps'
import { useNoticesStore } from './notices'
import { usePaperToolsStore } from './paper-tools'
import { useRecentStore } from './recent'
import { useScenarioStore } from './scenario'
import { useSetupStore } from './setup'

const REFUSED = 'The file was not imported'

/** A trace that is being looked at; its summary follows when all of it has been read. */
export interface Preview extends TracePeek {
  readonly summary: TraceSummary | null
}

/** One trace and, where it came along, the memory map of the same process; a map may follow its trace. */
function join(files: readonly TracePeek[], before: Preview | null): Preview {
  const traces = files.filter((file) => file.shape !== null)
  const maps = files.filter((file) => file.shape === null)
  if (traces.length > 1 || maps.length > 1)
    throw new Error('One trace and one memory map at a time, drop them alone.')
  const [trace] = traces.length > 0 ? traces.map((one) => ({ ...one, summary: null })) : [before]
  if (!trace) throw new Error('There is a memory map but no trace, drop both together.')
  return { ...trace, maps: maps[0]?.maps ?? trace.maps }
}

export const useFilesStore = defineStore('files', () => {
  const lab = useLab()
  const notices = useNoticesStore()
  const paperTools = usePaperToolsStore()
  const maps = useMapsStore()
  const recent = useRecentStore()
  const scenario = useScenarioStore()
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
  let surveying: Promise<void> = Promise.resolve()

  const references = computed(() => {
    const { records = 0, crossings = 0 } = preview.value?.summary ?? {}
    return wanted.value ?? (isLooped.value ? 2 : 1) * (records + crossings)
  })

  async function survey(token: string): Promise<void> {
    const isShown = (): boolean => preview.value?.token === token
    try {
      const { summary } = await lab.calls['trace/describe'](token)
      if (preview.value && isShown()) preview.value = { ...preview.value, summary }
    } catch (error) {
      if (!isShown()) return
      preview.value = null
      notices.fail(REFUSED, error)
    } finally {
      if (isShown()) progress.value = null
    }
  }

  function show(next: Preview): Promise<void> {
    const isSame = preview.value?.token === next.token
    preview.value = next
    if (isSame) return surveying
    isLooped.value = false
    wanted.value = null
    progress.value = null
    surveying = survey(next.token)
    return surveying
  }

  /** While a trace is looked at, a map that follows is its own. */
  const takenElsewhere = async (tokens: readonly string[]): Promise<boolean> =>
    (preview.value === null && (await maps.take(tokens))) ||
    (tokens.length === 1 && (await scenario.take(tokens[0]))) ||
    (await paperTools.take(tokens))

  const peeks = (tokens: readonly string[]): Promise<TracePeek[]> =>
    Promise.all(tokens.map((token) => lab.calls['trace/peek'](token)))

  async function look(takeIn: () => Promise<string[]>): Promise<void> {
    isReading.value = true
    const next = await notices.attempt(REFUSED, async () => {
      const tokens = await takeIn()
      if (tokens.length === 0) return null
      const joined = (await takenElsewhere(tokens)) ? null : join(await peeks(tokens), preview.value)
      void recent.add(tokens)
      return joined
    })
    isReading.value = false
    if (next) await show(next)
  }

  const choose = (): Promise<void> => look(() => lab.chooseFiles())
  const take = (files: readonly File[]): Promise<void> => look(() => lab.importFiles(files))
  const open = (tokens: string[]): Promise<void> => look(async () => tokens)

  /** Gives up the reading, too. */
  function dismiss(): void {
    const isUnread = preview.value !== null && preview.value.summary === null
    preview.value = null
    progress.value = null
    if (isUnread) void notices.attempt(REFUSED, () => lab.calls['trace/cancel']())
  }

  /** Makes the previewed trace the accesses of the set-up. Whoever is faster than the reading waits for it. */
  async function use(): Promise<void> {
    await surveying
    const trace = preview.value
    if (!trace?.summary) return
    const { token, name, bytes, summary, maps } = trace
    const spec: TraceSpec = { file: token, format: 'auto', maps: maps?.token ?? null }
    const loop = isLooped.value
    // A record that crosses a page is two references at most, so twice the records reach the end.
    const count = loop || wanted.value !== null ? references.value : 2 * summary.records
    used.value = { ...used.value, [token]: { token, name, bytes, summary, maps } }
    preview.value = null
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
    wanted,
    references,
    choose,
    take,
    open,
    dismiss,
    use
  }
})
