/** Files on their way in: traces are looked at, and only then used; those of the paper's tools go to their store. */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ImportedTrace } from '@shared/model/catalogue'
import type { TraceSpec } from '@shared/model/spec'
import { useLab } from '@renderer/composables/lab'
import { useMapsStore } from './maps'
import { useNoticesStore } from './notices'
import { usePaperToolsStore } from './paper-tools'
import { useScenarioStore } from './scenario'
import { useSetupStore } from './setup'

const REFUSED = 'The file was not imported'

/** One trace and, where it came along, the memory map of the same process. */
function join(files: readonly ImportedTrace[]): ImportedTrace {
  const traces = files.filter((file) => file.summary !== null)
  const maps = files.filter((file) => file.summary === null)
  if (traces.length === 0) throw new Error('There is no trace among these files, drop one.')
  if (traces.length > 1 || maps.length > 1)
    throw new Error('One trace and one memory map at a time, drop them alone.')
  return { ...traces[0], maps: maps[0]?.maps ?? traces[0].maps }
}

export const useFilesStore = defineStore('files', () => {
  const lab = useLab()
  const notices = useNoticesStore()
  const paperTools = usePaperToolsStore()
  const maps = useMapsStore()
  const scenario = useScenarioStore()
  const setup = useSetupStore()
  /** Shown for a last look before it is used. */
  const preview = shallowRef<ImportedTrace | null>(null)
  /** What the set-up's trace is, in words; its spec holds only a token. */
  const inUse = shallowRef<ImportedTrace | null>(null)
  const isReading = ref(false)

  async function look(takeIn: () => Promise<string[]>): Promise<void> {
    isReading.value = true
    await notices.attempt(REFUSED, async () => {
      const tokens = await takeIn()
      if (
        tokens.length === 0 ||
        (await maps.take(tokens)) ||
        (await scenario.take(tokens)) ||
        (await paperTools.take(tokens))
      )
        return
      preview.value = join(await Promise.all(tokens.map((token) => lab.calls['trace/describe'](token))))
    })
    isReading.value = false
  }

  const choose = (): Promise<void> => look(() => lab.chooseFiles())
  const take = (files: readonly File[]): Promise<void> => look(() => lab.importFiles(files))

  const dismiss = (): void => void (preview.value = null)

  /** Makes the previewed trace the accesses of the set-up: all of its records, once. */
  async function use(): Promise<void> {
    const trace = preview.value
    if (!trace?.summary) return
    const spec: TraceSpec = { file: trace.token, format: 'auto', maps: trace.maps?.token ?? null }
    inUse.value = trace
    dismiss()
    await setup.change({ trace: spec, scenario: null, references: trace.summary.records * 2, warmup: 0 })
  }

  return { preview, inUse, isReading, choose, take, dismiss, use }
})
