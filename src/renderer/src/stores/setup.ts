/** The set-up being edited, what is wrong with it, and how it differs from the one that runs. */
import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef, toRaw } from 'vue'
import type { ImportedScenario } from '@shared/model/catalogue'
import { HARDWARE_GROUPS, type HardwareProfile } from '@shared/model/hardware-profile'
import { sizeText } from '@shared/model/quantity'
import type { LabSpec, SpecInput } from '@shared/model/spec'
import { useLab } from '@renderer/composables/lab'
import { useCatalogueStore } from './catalogue'

/** The parts of a spec that the panel edits; everything else keeps its default. */
const FIELDS = [
  'environment',
  'lanes',
  'workload',
  'trace',
  'scenario',
  'footprint',
  'references',
  'warmup',
  'pageSize',
  'hostPageSize',
  'profile',
  'fragmentation',
  'tea',
  'seed',
  'cooperation'
] as const
export type SetupField = (typeof FIELDS)[number]
export type Draft = Pick<LabSpec, SetupField>

/** A running lane and session take these without a Reset. */
const LIVE_FIELDS: readonly SetupField[] = ['cooperation']

const FIELD_TITLES: Record<SetupField, string> = {
  environment: 'environment',
  lanes: 'designs',
  workload: 'workload',
  trace: 'trace',
  scenario: 'scenario',
  footprint: 'footprint',
  references: 'references',
  warmup: 'warm-up',
  pageSize: 'page size',
  hostPageSize: 'host page size',
  profile: 'hardware profile',
  fragmentation: 'fragmentation',
  tea: 'TEA threshold',
  seed: 'seed',
  cooperation: 'cooperative allocation'
}

const draftOf = (spec: LabSpec): Draft =>
  Object.fromEntries(FIELDS.map((field) => [field, structuredClone(spec[field])])) as unknown as Draft

/** The parameters of the hardware as a part of a spec. */
const hardwareOf = (from: SpecInput | LabSpec | null): unknown =>
  from && HARDWARE_GROUPS.map((group) => (from as SpecInput)[group])

/** Own hardware as a part of a spec. */
const partOf = ({ hardware, matchCycles }: HardwareProfile): SpecInput => ({
  ...structuredClone(hardware),
  ...(matchCycles === undefined ? {} : { dmt: { matchCycles } })
})

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export const useSetupStore = defineStore('setup', () => {
  const lab = useLab()
  const catalogue = useCatalogueStore()
  const draft = ref<Draft | null>(null)
  const resolved = shallowRef<LabSpec | null>(null)
  const problems = ref<string[]>([])
  /** Fields whose text could not be read, with one line each; the draft keeps their last good value. */
  const unreadable = reactive<Partial<Record<SetupField, string>>>({})
  const applied = shallowRef<LabSpec | null>(null)
  /** Hardware that was read from a file; the draft uses it when it names its title. */
  const ownHardware = shallowRef<HardwareProfile | null>(null)
  /** A scenario that was read from a file; the draft plays it when it names its token. */
  const ownScenario = shallowRef<ImportedScenario | null>(null)
  let asked = 0

  /** A spec's input in the form that crosses to the lab; sizes as text, so that its lines name them with their unit. */
  const input = (): SpecInput => {
    const own = structuredClone(toRaw(draft.value) as Draft)
    const hardware = own.profile === ownHardware.value?.id ? partOf(ownHardware.value) : {}
    const { file } = own.scenario ?? { file: null }
    const cpus = file !== null && file === ownScenario.value?.token ? ownScenario.value.cpus : 1
    const cpu = cpus > 1 ? { cpu: { count: cpus } } : {}
    return { ...own, ...hardware, ...cpu, footprint: sizeText(own.footprint) }
  }

  async function load(): Promise<void> {
    const { spec, problems: found } = await lab.calls['spec/resolve']({})
    if (!spec) throw new Error(found.join(' '))
    resolved.value = spec
    draft.value = draftOf(spec)
  }

  /** Asks the lab about the draft; the answer to an older question is dropped. */
  async function resolve(): Promise<void> {
    const question = ++asked
    const answer = await lab.calls['spec/resolve'](input())
    if (question !== asked) return
    problems.value = answer.problems
    if (answer.spec) resolved.value = answer.spec
  }

  /** A lane whose design has no meaning in the chosen environment takes the nearest that has. */
  function mendLanes(next: Draft): string[] {
    const nearest = (design: string): string => {
      if (catalogue.isOffered(design, next.environment)) return design
      return design === 'pvdmt' ? 'dmt' : 'radix'
    }
    return next.lanes.map(nearest)
  }

  async function change(changes: Partial<Draft>): Promise<void> {
    if (!draft.value) return
    const next = { ...toRaw(draft.value), ...changes }
    for (const field of Object.keys(changes) as SetupField[]) delete unreadable[field]
    draft.value = 'environment' in changes ? { ...next, lanes: mendLanes(next) } : next
    await resolve()
  }

  const setDesign = (lane: number, design: string): Promise<void> =>
    change({ lanes: (draft.value?.lanes ?? []).map((d, i) => (i === lane ? design : d)) })

  /** What was read from a file before is forgotten: there is one own hardware at a time. */
  function useHardware(hardware: HardwareProfile): Promise<void> {
    ownHardware.value = hardware
    return change({ profile: hardware.id })
  }

  /** As with hardware: there is one own scenario at a time. */
  function useScenario(scenario: ImportedScenario): Promise<void> {
    ownScenario.value = scenario
    return change({ scenario: { name: null, file: scenario.token }, trace: null })
  }

  const refuse = (field: SetupField, line: string): void => void (unreadable[field] = line)

  /** What runs now; the draft follows, because the lab may have filled in what was left open. */
  function markApplied(spec: LabSpec): void {
    applied.value = spec
    draft.value = draftOf(spec)
    problems.value = []
  }

  /** Two files may bear one title. */
  const hasOtherHardware = computed(
    () => applied.value !== null && !isSame(hardwareOf(resolved.value), hardwareOf(applied.value))
  )

  const isPending = (field: SetupField): boolean =>
    applied.value !== null &&
    draft.value !== null &&
    !LIVE_FIELDS.includes(field) &&
    (!isSame(draft.value[field], applied.value[field]) || (field === 'profile' && hasOtherHardware.value))

  const pending = computed(() => FIELDS.filter(isPending))
  const pendingTitles = computed(() => pending.value.map((field) => FIELD_TITLES[field]))
  const lines = computed(() => [...new Set([...Object.values(unreadable), ...problems.value])])
  const isUsable = computed(() => draft.value !== null && lines.value.length === 0)

  return {
    draft,
    resolved,
    applied,
    ownHardware,
    ownScenario,
    problems,
    unreadable,
    pending,
    pendingTitles,
    lines,
    isUsable,
    input,
    load,
    change,
    setDesign,
    useHardware,
    useScenario,
    refuse,
    markApplied,
    isPending
  }
})
