/** The Memory view of one lane: what was looked at, which part the reader points at, and which one is kept. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { errorWords } from '@shared/format/error-words'
import type { LayerName } from '@shared/model/environment'
import type { Conversation } from '@shared/model/conversation'
import type { HardwareLook } from '@shared/model/hardware-look'
import type { LayerLook, MemoryLook, TeaLook } from '@shared/model/memory-look'
import type { TablePageLook, TablePathLook } from '@shared/model/table-look'
import { useLab } from '@renderer/composables/lab'
import { latestOnly } from '@renderer/composables/latest'
import { refresher } from '@renderer/composables/refresher'
import { chainOf, standing } from '@renderer/memory/chain'
import { withCalls } from '@renderer/memory/kept-calls'
import { slotAddress } from '@renderer/memory/slot-cells'
import { isSamePart, partKey, type Part } from '@renderer/memory/parts'
import { useSessionStore } from '@renderer/stores/session'

export const SECTIONS = ['Picture', 'Page tables', 'Machine memory', 'Hardware', 'Cooperation'] as const
export type Section = (typeof SECTIONS)[number]

export const useMemoryStore = defineStore('memory', () => {
  const lab = useLab()
  const session = useSessionStore()

  const section = ref<Section>('Picture')
  const chosenLane = ref<number | null>(null)
  const look = shallowRef<MemoryLook | null>(null)
  const hardware = shallowRef<HardwareLook | null>(null)
  const path = shallowRef<TablePathLook | null>(null)
  const calls = shallowRef<readonly Conversation[]>([])
  const problem = ref<string | null>(null)
  /** Layer and address that the page tables are shown for; null for an address in use. */
  const pathLayer = ref<LayerName | null>(null)
  const pathAddress = ref<string | null>(null)
  const pathProblem = ref<string | null>(null)
  /** Layer whose physical memory is on the map; null for the machine's. */
  const mapLayer = ref<LayerName | null>(null)

  const pointed = shallowRef<Part | null>(null)
  const kept = shallowRef<Part | null>(null)
  /** Conversation on show by its number; null for the one that belongs to what is kept, or the first. */
  const chosenCall = ref<number | null>(null)

  const laneCount = computed(() => session.info?.spec.lanes.length ?? 0)

  /** Without a choice the last lane that has registers: it has the most to show. */
  const lane = computed(() => {
    if (chosenLane.value !== null && chosenLane.value < laneCount.value) return chosenLane.value
    const covered = session.snapshot?.lanes.map(({ coveredLayers }) => coveredLayers) ?? []
    return Math.max(
      0,
      covered.findLastIndex((layers) => layers > 0)
    )
  })

  const layers = computed(() => look.value?.layers ?? [])
  const innermost = computed<LayerName>(() => layers.value[0]?.layer ?? 'L0')
  const selected = computed(() => (look.value ? standing(look.value, kept.value) : null))
  const lit = computed(() =>
    look.value ? chainOf(look.value, pointed.value ?? selected.value) : new Set<string>()
  )

  const point = (part: Part | null): void => void (pointed.value = part)
  const isLit = (part: Part): boolean => lit.value.has(partKey(part))
  const isSelected = (part: Part): boolean => isSamePart(selected.value, part)

  /** A part that is kept already is let go. */
  function select(part: Part | null): void {
    kept.value = isSamePart(kept.value, part) ? null : part
    chosenCall.value = null
  }

  function forget(): void {
    look.value = hardware.value = path.value = null
    calls.value = []
    slotPages.value = new Map()
    kept.value = pointed.value = null
    chosenCall.value = null
    pathAddress.value = pathLayer.value = mapLayer.value = null
    problem.value = pathProblem.value = null
  }

  /** Answers to a question about another session or lane are dropped. */
  async function ask<T>(question: () => Promise<T>, take: (answer: T) => void): Promise<void> {
    const [asked, of] = [session.info?.session, lane.value]
    const answer = await question()
    if (asked === session.info?.session && of === lane.value) take(answer)
  }

  const refreshLook = (): Promise<void> =>
    ask(
      () => lab.calls['memory/look'](lane.value),
      (answer) => (look.value = answer)
    )

  const refreshHardware = (): Promise<void> =>
    ask(
      () => lab.calls['memory/hardware'](lane.value),
      (answer) => (hardware.value = answer)
    )

  const refreshCalls = (): Promise<void> =>
    ask(
      () => lab.calls['memory/calls'](lane.value, calls.value.at(-1)?.n ?? 0),
      (answer) => {
        if (answer.length > 0) calls.value = withCalls(calls.value, answer)
      }
    )

  /** The address of the lane's latest walk, where the layer is the one that walk began in. */
  const latestAddress = computed(() => session.snapshot?.lanes[lane.value]?.latestWalk?.address ?? null)

  const newPathQuestion = latestOnly()

  async function refreshPath(): Promise<void> {
    const layer = pathLayer.value ?? innermost.value
    const address = pathAddress.value ?? (layer === innermost.value ? latestAddress.value : null)
    const isLatest = newPathQuestion()
    try {
      await ask(
        () => lab.calls['memory/path'](lane.value, { layer, address }),
        (answer) => {
          if (isLatest()) path.value = answer
        }
      )
      if (isLatest()) pathProblem.value = null
    } catch (error) {
      if (isLatest()) pathProblem.value = errorWords(error)
    }
  }

  /** The TEA whose slots are drawn large: the one that belongs to what is kept, else the largest. */
  function openTeaOf(layer: LayerLook): TeaLook | null {
    const kin = selected.value && look.value ? chainOf(look.value, selected.value) : new Set<string>()
    const isKin = ({ index }: TeaLook): boolean =>
      kin.has(partKey({ layer: layer.layer, kind: 'tea', index }))
    const largest = layer.teas.reduce<TeaLook | null>((a, b) => (a && a.slots >= b.slots ? a : b), null)
    return layer.teas.find(isKin) ?? largest
  }

  /** A table page of each open TEA, by layer and TEA. */
  const slotPages = shallowRef<ReadonlyMap<string, TablePageLook>>(new Map())
  const slotPageOf = (layer: LayerName, tea: number): TablePageLook | null =>
    slotPages.value.get(`${layer} ${tea}`) ?? null

  async function fetchSlotPage(layer: LayerLook): Promise<void> {
    const tea = openTeaOf(layer)
    if (!tea || tea.linked === 0) return
    if (session.isRunning && slotPageOf(layer.layer, tea.index)) return
    const choice = { layer: layer.layer, address: slotAddress(tea) }
    await ask(
      () => lab.calls['memory/path'](lane.value, choice),
      ({ pages }) => {
        const page = pages.find((one) => one.tea?.index === tea.index)
        if (page) slotPages.value = new Map(slotPages.value).set(`${layer.layer} ${tea.index}`, page)
      }
    )
  }

  const refreshSlotPages = async (): Promise<void> =>
    void (await Promise.all(layers.value.map(fetchSlotPage)))

  /** Tables that nobody looks at are as old as the last pause. */
  async function fetchAll(): Promise<void> {
    if (!session.info) return forget()
    await refreshLook()
    await refreshCalls()
    if (section.value === 'Hardware' || !session.isRunning) await refreshHardware()
    if (section.value === 'Picture') await refreshSlotPages()
    if (section.value === 'Page tables') await refreshPath()
  }

  /** Brings what is new. */
  const refresh = refresher(fetchAll, problem)

  function chooseLane(next: number): void {
    chosenLane.value = next
  }

  /** What was known belongs to another lane or session. */
  watch([lane, () => session.info?.session], forget)

  async function showPath(layer: LayerName, address: string | null): Promise<void> {
    pathLayer.value = layer
    pathAddress.value = address
    await refreshPath()
  }

  /** Stays with the address on show, for a reader who looks into it. */
  function holdPath(): void {
    if (!path.value) return
    newPathQuestion()
    pathLayer.value = path.value.layer
    pathAddress.value = path.value.address
  }

  function browse(layer: LayerName, address: string): void {
    pathLayer.value = layer
    pathAddress.value = address
    section.value = 'Page tables'
  }

  return {
    section,
    lane,
    laneCount,
    look,
    layers,
    innermost,
    hardware,
    path,
    pathProblem,
    mapLayer,
    calls,
    chosenCall,
    problem,
    pointed,
    selected,
    lit,
    point,
    isLit,
    isSelected,
    select,
    refresh,
    chooseLane,
    showPath,
    holdPath,
    browse,
    openTeaOf,
    slotPageOf
  }
})
