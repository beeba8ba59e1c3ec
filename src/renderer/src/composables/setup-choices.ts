/** What the set-up's pickers offer, in words. */
import { computed } from 'vue'
import { PAGE_POLICIES, SIZE_TITLE, type PagePolicy } from '@shared/arch/page-size'
import { ENVIRONMENT_TITLE, ENVIRONMENTS } from '@shared/model/environment'
import { NBSP } from '@shared/format/number'
import { formatBytes } from '@shared/format/quantity'
import { WORKLOAD_PRESETS, type WorkloadPreset } from '@shared/model/catalogue'
import type { ComboOffer, SelectOption } from '@renderer/components/select-option'
import { pageSizeRefusal } from '@renderer/help/meaning'
import { useCatalogueStore } from '@renderer/stores/catalogue'
import { useFilesStore } from '@renderer/stores/files'
import { useOwnFilesStore } from '@renderer/stores/own-files'
import { useScenarioStore } from '@renderer/stores/scenario'
import { useSetupStore, type Draft } from '@renderer/stores/setup'

/** Value of the hardware picker that opens a file. */
export const OWN_HARDWARE = ':own'

/** Value of the workload picker while a trace is what runs. */
export const TRACE = 'trace'

/** Begins the values that name a scenario; alone while an imported one is what runs. */
const SCENARIO = 'scenario:'

/** What choosing a value of the workload picker changes; null for a file that is in use already. */
export function sourceChange(value: string): Partial<Draft> | null {
  if (value === TRACE || value === SCENARIO) return null
  if (!value.startsWith(SCENARIO)) return { workload: value, trace: null, scenario: null }
  return { trace: null, scenario: { name: value.slice(SCENARIO.length), file: null } }
}

const PRESET_TITLE: Record<WorkloadPreset, string> = { paper: 'Paper', laptop: 'Laptop' }

const MIB = 2 ** 20
const FOOTPRINTS = [64 * MIB, 256 * MIB, 1024 * MIB, 4096 * MIB, 16_384 * MIB, 65_536 * MIB]

export function useSetupChoices() {
  const catalogue = useCatalogueStore()
  const setup = useSetupStore()
  const own = useOwnFilesStore()
  const files = useFilesStore()
  const scenario = useScenarioStore()

  const environments = ENVIRONMENTS.map((value) => ({ value, title: ENVIRONMENT_TITLE[value] }))
  /** A design of a lane that has no pages of the size, and why. */
  const sizeRefusal = (size: PagePolicy): string | null => {
    for (const id of setup.draft?.lanes ?? []) {
      const info = catalogue.designOf(id)
      const why = info ? pageSizeRefusal(info, size) : null
      if (info && why !== null) return `not with ${info.title}: ${why}`
    }
    return null
  }
  const pageSizes = computed(() =>
    PAGE_POLICIES.map((value) => ({
      value,
      title: SIZE_TITLE[value].replace(' ', NBSP),
      refusal: sizeRefusal(value)
    }))
  )
  const profiles = computed(() => [
    ...[...catalogue.profiles, own.hardware].flatMap((p) => (p ? [{ value: p.id, title: p.title }] : [])),
    { value: OWN_HARDWARE, title: 'Own hardware…' }
  ])

  const scenarios = computed(() =>
    catalogue.scenarios.map(({ id, title, summary }) => ({
      value: SCENARIO + id,
      title,
      hint: summary,
      group: 'Scenarios'
    }))
  )
  /** Footprints of a paper belong to its programs; the others suit every size. */
  const made = computed(() => {
    const of = (paper: boolean, group: string) =>
      catalogue.workloads
        .filter(({ presets }) => (presets !== null) === paper)
        .map(({ id, title, summary }) => ({ value: id, title, hint: summary, group }))
    return [...of(true, 'Programs of the paper'), ...of(false, 'Teaching')]
  })
  /** The footprints of the workload by name, then sizes. */
  const footprints = computed<readonly (ComboOffer & { readonly bytes: number })[]>(() => {
    const presets = catalogue.workloadOf(setup.draft?.workload)?.presets ?? null
    const named = WORKLOAD_PRESETS.flatMap((name) => {
      if (presets === null || setup.draft?.scenario) return []
      const text = formatBytes(presets[name])
      return [{ text, label: `${PRESET_TITLE[name]} ${text}`, bytes: presets[name] }]
    })
    const sizes = FOOTPRINTS.map((bytes) => ({ text: formatBytes(bytes), label: formatBytes(bytes), bytes }))
    return [...named, ...sizes.filter(({ text }) => !named.some((one) => one.text === text))]
  })
  /** What is in use and came from a file. */
  const imported = computed(() => {
    const { trace, scenario: played } = setup.draft ?? {}
    if (trace) return [{ value: TRACE, title: files.inUse?.name ?? 'Imported trace', group: 'Trace' }]
    return played?.file ? [{ value: SCENARIO, title: scenario.title ?? '', group: 'Scenarios' }] : []
  })
  const workloads = computed<SelectOption<string>[]>(() => [
    ...made.value,
    ...scenarios.value,
    ...imported.value
  ])
  const workload = computed(() => {
    const { trace, scenario: played, workload: made } = setup.draft ?? {}
    if (trace) return TRACE
    return played ? SCENARIO + (played.name ?? '') : (made ?? '')
  })

  return { environments, pageSizes, profiles, workloads, workload, footprints }
}
