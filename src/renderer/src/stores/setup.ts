/** The set-up being edited, and what is wrong with it. */
import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef, toRaw } from 'vue'
import { WORKLOAD_PRESETS, type ImportedScenario, type WorkloadPreset } from '@shared/model/catalogue'
import type { HardwareProfile } from '@shared/model/hardware-profile'
import type { KnobValue } from '@shared/model/knob-shape'
import { sizeText } from '@shared/model/quantity'
import type { LabSpec, SpecInput } from '@shared/model/spec'
import type { KnobGroup } from '@shared/model/workload-knobs'
import { useLab } from '@renderer/composables/lab'
import { latestOnly } from '@renderer/composables/latest'
import { useCatalogueStore } from './catalogue'
import { hardwareInput, useOwnFilesStore } from './own-files'

/** The parts of a spec that the panel edits; everything else keeps its default. */
export const FIELDS = [
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
export type PanelField = (typeof FIELDS)[number]
export type SetupField = PanelField | KnobGroup
/** `graph500.phase` */
export type KnobPath = `${KnobGroup}.${string}`
/** What may hold text of a person's own. */
type TextField = SetupField | KnobPath
const fieldOf = (text: TextField): SetupField => text.split('.')[0] as SetupField
export type Draft = Pick<LabSpec, SetupField>

/** Less memory than at the first start, so that it soon stands, and a warm-up. */
const PLAIN = { footprint: 2 ** 30, warmup: 100_000 }

/** All of a set-up, to come back to. */
export interface SetupState {
  readonly draft: Draft
  readonly preset: WorkloadPreset | null
  readonly ownHardware: HardwareProfile | null
  readonly ownScenario: ImportedScenario | null
}

/** Parts of set-ups are plain data. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export const useSetupStore = defineStore('setup', () => {
  const lab = useLab()
  const catalogue = useCatalogueStore()
  const files = useOwnFilesStore()
  const draft = ref<Draft | null>(null)
  const resolved = shallowRef<LabSpec | null>(null)
  const problems = ref<string[]>([])
  /** Fields whose text could not be read, with one line each; the draft keeps their last good value. */
  const unreadable = reactive<Partial<Record<TextField, string>>>({})
  /** Why memory for the footprint cannot be had, told when it was tried; another set-up may fit. */
  const unfit = ref<string | null>(null)
  /** The preset that the footprint was chosen as; it goes along to the next workload. */
  const preset = ref<WorkloadPreset | null>(null)
  let defaults: Draft | null = null
  const newQuestion = latestOnly()

  const presetsOf = (id: string) => catalogue.workloadOf(id)?.presets
  const draftOf = (spec: LabSpec): Draft =>
    Object.fromEntries(
      [...FIELDS, ...catalogue.knobGroups()].map((field) => [field, structuredClone(spec[field])])
    ) as unknown as Draft

  /** A spec's input in the form that crosses to the lab; sizes as text, so that its lines name them with their unit. */
  const input = (): SpecInput => {
    const own = structuredClone(toRaw(draft.value) as Draft)
    return { ...own, ...files.inputOf(own), footprint: sizeText(own.footprint) }
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
    const isLatest = newQuestion()
    const answer = await lab.calls['spec/resolve'](input())
    if (!isLatest()) return
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
    return !text.includes('.') || (!trace && !scenario && catalogue.knobPaths(workload).includes(text))
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
    files.hardware = hardware
    return change({ profile: hardware.id })
  }

  /** As with hardware: there is one own scenario at a time. */
  function useScenario(scenario: ImportedScenario): Promise<void> {
    files.scenario = scenario
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
      ownHardware: files.hardware,
      ownScenario: files.scenario
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
    files.hardware = before.ownHardware
    files.scenario = before.ownScenario
    forgetProblems()
    return resolve()
  }

  /** The set-up for another day: tokens of files end with this lab, so a trace is left out. */
  function asPreset(): { spec: SpecInput; hardware: SpecInput | null } | null {
    if (!draft.value) return null
    const own = structuredClone(toRaw(draft.value))
    const scenario = own.scenario?.file ? null : own.scenario
    const isOwn = own.profile === files.hardware?.id
    return {
      spec: { ...own, trace: null, scenario },
      hardware: isOwn ? { ...structuredClone(toRaw(files.hardware)) } : null
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
      ...(hardware ? hardwareInput(hardware) : {})
    })
    if (!spec) throw new Error(found.join(' '))
    if (hardware) files.hardware = hardware
    draft.value = draftOf(spec)
    preset.value = presetOf(draft.value)
    forgetProblems()
    await resolve()
    const parts = Object.keys(spec) as (keyof LabSpec)[]
    return parts.filter((part) => !isSame(spec[part], resolved.value?.[part]))
  }

  const refuse = (field: TextField, line: string): void => void (unreadable[field] = line)

  /**
   * A session stands. The draft that it was built from follows, because the lab may have filled in what was left open;
   * one that was changed meanwhile is the person's and stays.
   */
  function follow(spec: LabSpec, built: Draft | null): void {
    unfit.value = null
    if (draft.value !== built) return
    draft.value = draftOf(spec)
    problems.value = []
  }

  const lines = computed(() => [...new Set([...Object.values(unreadable), ...problems.value])])
  const isUsable = computed(() => draft.value !== null && lines.value.length === 0)

  return {
    draft,
    resolved,
    problems,
    unreadable,
    unfit,
    preset,
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
    follow
  }
})
