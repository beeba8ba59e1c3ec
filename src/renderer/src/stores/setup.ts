/** The set-up being edited, what is wrong with it, and how it differs from the one that runs. */
import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef, toRaw } from 'vue'
import { WORKLOAD_PRESETS, type ImportedScenario, type WorkloadPreset } from '@shared/model/catalogue'
import { HARDWARE_GROUPS, type HardwareProfile } from '@shared/model/hardware-profile'
import type { KnobValue } from '@shared/model/knob-shape'
import { sizeText } from '@shared/model/quantity'
import type { LabSpec, SpecInput } from '@shared/model/spec'
import type { KnobGroup } from '@shared/model/workload-knobs'
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
  'loop',
  'warmup',
  'pageSize',
  'hostPageSize',
  'profile',
  'fragmentation',
  'tea',
  'seed',
  'cooperation'
] as const
type PanelField = (typeof FIELDS)[number]
export type SetupField = PanelField | KnobGroup
/** `graph500.phase` */
export type KnobPath = `${KnobGroup}.${string}`
/** What may hold text of a person's own. */
type TextField = SetupField | KnobPath
const fieldOf = (text: TextField): SetupField => text.split('.')[0] as SetupField
export type Draft = Pick<LabSpec, SetupField>

/** A running lane and session take these without a Reset. */
const LIVE_FIELDS: readonly SetupField[] = ['cooperation']

const FIELD_TITLES: Record<PanelField, string> = {
  environment: 'environment',
  lanes: 'designs',
  workload: 'workload',
  trace: 'trace',
  scenario: 'scenario',
  footprint: 'footprint',
  references: 'references',
  loop: 'what follows the end of the trace',
  warmup: 'warm-up',
  pageSize: 'page size',
  hostPageSize: 'host page size',
  profile: 'hardware profile',
  fragmentation: 'fragmentation',
  tea: 'TEA threshold',
  seed: 'seed',
  cooperation: 'cooperative allocation'
}

/** A parameter as the panel calls it; by its path where the panel has none of it. */
export const parameterTitle = (path: string): string =>
  Object.hasOwn(FIELD_TITLES, path) ? FIELD_TITLES[path as PanelField] : path

const isPanelField = (field: SetupField): field is PanelField => FIELDS.some((one) => one === field)
const titleOf = (field: SetupField): string =>
  isPanelField(field) ? FIELD_TITLES[field] : 'what the workload is set to'

/** The parameters of the hardware as a part of a spec. */
const hardwareOf = (from: SpecInput | LabSpec | null): unknown =>
  from && HARDWARE_GROUPS.map((group) => (from as SpecInput)[group])

/** Own hardware as a part of a spec. */
const partOf = ({ hardware, matchCycles }: HardwareProfile): SpecInput => ({
  ...structuredClone(hardware),
  ...(matchCycles === undefined ? {} : { dmt: { matchCycles } })
})

/** Less memory than at the first start, so that it soon stands, and a warm-up. */
const PLAIN = { footprint: 2 ** 30, warmup: 100_000 }

/** All of a set-up, to come back to. */
export interface SetupState {
  readonly draft: Draft
  readonly preset: WorkloadPreset | null
  readonly ownHardware: HardwareProfile | null
  readonly ownScenario: ImportedScenario | null
}

/** What differs between two set-ups, in words, each once. */
export function setupTitles(before: SetupState, after: SetupState): string[] {
  const fields = Object.keys(after.draft) as SetupField[]
  const changed = fields.filter((field) => !isSame(before.draft[field], after.draft[field]))
  const titles = changed.map(titleOf)
  const isOtherHardware = !isSame(before.ownHardware, after.ownHardware)
  return [...new Set(isOtherHardware ? [...titles, FIELD_TITLES.profile] : titles)]
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export const useSetupStore = defineStore('setup', () => {
  const lab = useLab()
  const catalogue = useCatalogueStore()
  const draft = ref<Draft | null>(null)
  const resolved = shallowRef<LabSpec | null>(null)
  const problems = ref<string[]>([])
  /** Fields whose text could not be read, with one line each; the draft keeps their last good value. */
  const unreadable = reactive<Partial<Record<TextField, string>>>({})
  /** Why memory for the footprint cannot be had, told when it was tried; another set-up may fit. */
  const unfit = ref<string | null>(null)
  /** The preset that the footprint was chosen as; it goes along to the next workload. */
  const preset = ref<WorkloadPreset | null>(null)
  const applied = shallowRef<LabSpec | null>(null)
  /** Hardware that was read from a file; the draft uses it when it names its title. */
  const ownHardware = shallowRef<HardwareProfile | null>(null)
  /** A scenario that was read from a file; the draft plays it when it names its token. */
  const ownScenario = shallowRef<ImportedScenario | null>(null)
  let defaults: Draft | null = null
  let asked = 0

  const presetsOf = (id: string) => catalogue.workloads.find((one) => one.id === id)?.presets
  const knobPaths = (id?: string): string[] => {
    const workloads = catalogue.workloads.filter((one) => id === undefined || one.id === id)
    return workloads.flatMap(({ knobs }) => knobs.map(({ path }) => path))
  }
  const knobGroups = (id?: string): KnobGroup[] => [
    ...new Set(knobPaths(id).map((path) => path.split('.')[0] as KnobGroup))
  ]
  const draftOf = (spec: LabSpec): Draft =>
    Object.fromEntries(
      [...FIELDS, ...knobGroups()].map((field) => [field, structuredClone(spec[field])])
    ) as unknown as Draft

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
    defaults = draftOf(spec)
    draft.value = draftOf(spec)
    preset.value = presetOf(draft.value)
  }

  /** What questions and experiments begin from: whatever was set before, nothing of it is left. */
  const plain = (): Partial<Draft> => ({ ...structuredClone(defaults), ...PLAIN })

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

  const presetOf = ({ workload, footprint }: Pick<Draft, 'workload' | 'footprint'>): WorkloadPreset | null =>
    WORKLOAD_PRESETS.find((name) => presetsOf(workload)?.[name] === footprint) ?? null

  /** A footprint chosen as a preset becomes the same preset of another workload; any other stays. */
  function followPreset(next: Draft, changes: Partial<Draft>): void {
    if ('footprint' in changes) preset.value = presetOf(next)
    else if ('workload' in changes && preset.value !== null) {
      next.footprint = presetsOf(next.workload)?.[preset.value] ?? next.footprint
      delete unreadable.footprint
    }
  }

  /** @param isEntered whether the changes take the place of a text that could not be read */
  async function apply(changes: Partial<Draft>, isEntered: (text: TextField) => boolean): Promise<void> {
    if (!draft.value) return
    const next = { ...toRaw(draft.value), ...changes }
    followPreset(next, changes)
    unfit.value = null
    forgetText((text) => isEntered(text) || !isEditable(text, next))
    draft.value = 'environment' in changes ? { ...next, lanes: mendLanes(next) } : next
    await resolve()
  }

  const change = (changes: Partial<Draft>): Promise<void> =>
    apply(changes, (text) => fieldOf(text) in changes)

  /** Whether a field is there and takes text. */
  function isEditable(text: TextField, { workload, trace, scenario }: Draft): boolean {
    if (text === 'footprint') return trace === null
    return isPanelField(fieldOf(text)) || (!trace && !scenario && knobPaths(workload).includes(text))
  }

  const knobValue = (path: KnobPath, of: Draft | LabSpec | null = draft.value): KnobValue | undefined => {
    const [group, name] = path.split('.') as [KnobGroup, string]
    return (of?.[group] as Record<string, KnobValue> | undefined)?.[name]
  }

  function setKnob(path: KnobPath, value: KnobValue): Promise<void> {
    const [group, name] = path.split('.') as [KnobGroup, string]
    return apply({ [group]: { ...draft.value?.[group], [name]: value } }, (text) => text === path)
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

  /** Takes a failure to build: whatever says that it is about the footprint is told there. */
  const markUnfit = (error: unknown): void => {
    if (error instanceof Error && error.message.includes('(footprint)')) unfit.value = error.message
  }

  /** Null before there is a set-up. */
  const state = (): SetupState | null =>
    draft.value && {
      draft: structuredClone(toRaw(draft.value)),
      preset: preset.value,
      ownHardware: ownHardware.value,
      ownScenario: ownScenario.value
    }

  /** What stood in fields and could not be read goes with the value, or the set-up, that it stood for. */
  function forgetText(isGone: (text: TextField) => boolean): void {
    for (const text of Object.keys(unreadable) as TextField[]) if (isGone(text)) delete unreadable[text]
  }

  function forgetProblems(): void {
    unfit.value = null
    forgetText(() => true)
  }

  function restore(before: SetupState): Promise<void> {
    draft.value = structuredClone(before.draft)
    preset.value = before.preset
    ownHardware.value = before.ownHardware
    ownScenario.value = before.ownScenario
    forgetProblems()
    return resolve()
  }

  /** The set-up for another day: tokens of files end with this lab, so a trace is left out. */
  function asPreset(): { spec: SpecInput; hardware: SpecInput | null } | null {
    if (!draft.value) return null
    const own = structuredClone(toRaw(draft.value))
    const scenario = own.scenario?.file ? null : own.scenario
    const isOwn = own.profile === ownHardware.value?.id
    return {
      spec: { ...own, trace: null, scenario },
      hardware: isOwn ? { ...structuredClone(toRaw(ownHardware.value)) } : null
    }
  }

  /**
   * Takes a whole set-up over that was kept.
   * @returns parts of it that the panel does not edit, which have their defaults here
   * @throws Error with what is wrong with it; the set-up then stays
   */
  async function adopt(kept: SpecInput, hardware: HardwareProfile | null): Promise<string[]> {
    const { spec, problems: found } = await lab.calls['spec/resolve']({
      ...kept,
      ...(hardware ? partOf(hardware) : {})
    })
    if (!spec) throw new Error(found.join(' '))
    if (hardware) ownHardware.value = hardware
    draft.value = draftOf(spec)
    preset.value = presetOf(draft.value)
    forgetProblems()
    await resolve()
    const parts = Object.keys(spec) as (keyof LabSpec)[]
    return parts.filter((part) => !isSame(spec[part], resolved.value?.[part]))
  }

  const refuse = (field: TextField, line: string): void => void (unreadable[field] = line)

  /**
   * What runs now. The draft that it was built from follows, because the lab may have filled in what was left open; one
   * that was changed meanwhile is the person's and stays.
   */
  function markApplied(spec: LabSpec, built: Draft | null): void {
    applied.value = spec
    unfit.value = null
    if (draft.value !== built) return
    draft.value = draftOf(spec)
    problems.value = []
  }

  /** Two files may bear one title. */
  const hasOtherHardware = computed(
    () => applied.value !== null && !isSame(hardwareOf(resolved.value), hardwareOf(applied.value))
  )

  const differs = (field: SetupField): boolean =>
    applied.value !== null &&
    draft.value !== null &&
    (!isSame(draft.value[field], applied.value[field]) || (field === 'profile' && hasOtherHardware.value))
  const isPending = (field: SetupField): boolean => !LIVE_FIELDS.includes(field) && differs(field)

  /** Those that the source in use reads. */
  const fieldsInUse = computed<readonly SetupField[]>(() => {
    const { trace, scenario, workload } = draft.value ?? {}
    if (trace) return FIELDS
    const own = FIELDS.filter((field) => field !== 'loop')
    return scenario ? own : [...own, ...knobGroups(workload)]
  })
  const pending = computed(() => fieldsInUse.value.filter(isPending))
  /** A session of this set-up would be another one than that which runs was built as. */
  const isChanged = computed(() => fieldsInUse.value.some(differs))
  const pendingTitles = computed(() =>
    pending.value.map((field) => {
      const isCount = field === 'lanes' && draft.value?.lanes.length !== applied.value?.lanes.length
      return isCount ? 'lanes' : titleOf(field)
    })
  )
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
    unfit,
    preset,
    pending,
    pendingTitles,
    isChanged,
    lines,
    isUsable,
    input,
    load,
    plain,
    change,
    knobValue,
    setKnob,
    setDesign,
    useHardware,
    useScenario,
    refuse,
    state,
    restore,
    asPreset,
    adopt,
    markUnfit,
    markApplied,
    isPending
  }
})
