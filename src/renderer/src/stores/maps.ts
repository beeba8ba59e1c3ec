/** Memory maps that were dropped or chosen by themselves: would these processes profit? */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { MOST_MAPS } from '@shared/contract/lab-contract'
import { isMapsProblem, type MapsFolder, type MapsReport } from '@shared/model/maps-report'
import { DEFAULT_MAPS_RULES } from '@shared/model/maps-rules'
import { useLab } from '@renderer/composables/lab'
import { useSetupStore } from './setup'

export const useMapsStore = defineStore('maps', () => {
  const lab = useLab()
  const setup = useSetupStore()
  /** On show in the dialog; null while it is closed. */
  const found = shallowRef<MapsFolder | null>(null)
  const chosen = ref(0)
  let tokens: readonly string[] = []

  const reports = computed<MapsReport[]>(
    () => found.value?.processes.filter((one): one is MapsReport => !isMapsProblem(one)) ?? []
  )
  const problems = computed(() => found.value?.processes.filter(isMapsProblem) ?? [])
  const report = computed<MapsReport | null>(() => reports.value[chosen.value] ?? null)
  /** A map belongs to the trace of the same process. */
  const mayJoinTrace = computed(() => setup.draft?.trace != null && found.value?.processes.length === 1)

  /** Shows the files when each is a memory map; false: they are for others to take. */
  async function take(files: readonly string[]): Promise<boolean> {
    if (files.length === 0 || files.length > MOST_MAPS) return false
    const maps = await lab.calls['maps/describe']([...files], DEFAULT_MAPS_RULES)
    if (maps === null) return false
    tokens = files
    chosen.value = 0
    found.value = maps
    return true
  }

  const close = (): void => void (found.value = null)
  const choose = (index: number): void => void (chosen.value = index)

  async function joinTrace(): Promise<void> {
    const trace = setup.draft?.trace ?? null
    close()
    if (trace !== null) await setup.change({ trace: { ...trace, maps: tokens[0] } })
  }

  return { found, chosen, reports, problems, report, mayJoinTrace, take, close, choose, joinTrace }
})
