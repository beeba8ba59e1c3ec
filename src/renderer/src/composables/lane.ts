/** One lane as the window shows it: its design now or at the next Reset, its switch, and why one is refused. */
import { computed } from 'vue'
import { counted } from '@shared/format/counted'
import type { DesignInfo } from '@shared/model/catalogue'
import { environmentRefusal, lackedSize } from '@renderer/help/meaning'
import { useCatalogueStore } from '@renderer/stores/catalogue'
import { useLanesStore } from '@renderer/stores/lanes'
import { useNoticesStore } from '@renderer/stores/notices'
import { useSessionStore } from '@renderer/stores/session'
import { useSetupStore } from '@renderer/stores/setup'
import { useSetupPendingStore } from '@renderer/stores/setup-pending'
import { POPULATING } from './transport'

const LEAVES = 'This lane goes at the next Reset'
const isRadix = (design: string): boolean => design === 'radix'

export function useLane(lane: number) {
  const catalogue = useCatalogueStore()
  const setup = useSetupStore()
  const pending = useSetupPendingStore()
  const session = useSessionStore()
  const notices = useNoticesStore()
  const lanes = useLanesStore()

  const snapshot = computed(() => session.snapshot?.lanes[lane] ?? null)
  const environment = computed(() => setup.draft?.environment ?? 'virtualized')
  /** A lane that has been taken away keeps its place until the Reset. */
  const isLeaving = computed(() => lane >= lanes.drafted.length && lane < lanes.running)
  const chosen = computed(() => setup.draft?.lanes[lane] ?? pending.applied?.lanes[lane] ?? 'radix')
  const isPending = computed(
    () => pending.isPending('lanes') && (isLeaving.value || pending.applied?.lanes[lane] !== chosen.value)
  )

  /** What a radix lane becomes when its registers are switched on. */
  const registered = computed(() => {
    const cooperates = session.snapshot?.cooperation ?? setup.draft?.cooperation ?? true
    return cooperates && catalogue.isOffered('pvdmt', environment.value) ? 'pvdmt' : 'dmt'
  })
  const hasRegisters = (design: string): boolean => catalogue.designOf(design)?.hasRegisters ?? false

  const isOn = computed(() => snapshot.value?.dmt ?? (hasRegisters(chosen.value) && !isRadix(chosen.value)))
  /** What translates now; a design that waits for the Reset does not. */
  const running = computed(() => snapshot.value?.design ?? chosen.value)
  const design = computed(() => {
    if (isPending.value) return chosen.value
    return isOn.value && isRadix(running.value) ? registered.value : running.value
  })

  /** By the set-up as it is now: its environment first, then the page sizes of its layers. */
  const refusal = (info: DesignInfo): string | null => {
    const inEnvironment = environmentRefusal(info, environment.value)
    return inEnvironment ?? lackedSize(info, setup.draft)?.words ?? null
  }
  const options = computed(() =>
    catalogue.designs.map((info) => ({ value: info.id, title: info.title, refusal: refusal(info) }))
  )

  const switchBlocked = computed(() => {
    if (session.isPreparing) return POPULATING
    if (isLeaving.value) return LEAVES
    const isSwitchable = isRadix(running.value) || hasRegisters(running.value)
    if (isSwitchable) return null
    return `${catalogue.designTitle(running.value)} has no registers to switch; choose DMT or pvDMT as the design`
  })

  const choose = (id: string): Promise<void | undefined> =>
    notices.attempt('The design was not changed', () => setup.setDesign(lane, id))

  /** A running lane switches at once; before that the switch only says which design to build. */
  const setDmt = (on: boolean): Promise<void | undefined> =>
    notices.attempt('DMT was not switched', () =>
      lane < lanes.running ? session.setDmt(lane, on) : setup.setDesign(lane, on ? registered.value : 'radix')
    )

  const tag = computed(() => {
    if (isLeaving.value) return 'goes at Reset'
    if (lanes.running > 0 && lane >= lanes.running) return 'from Reset on'
    if (snapshot.value && !isOn.value && !isRadix(design.value) && hasRegisters(design.value))
      return 'walks radix'
    const layers = snapshot.value?.coveredLayers ?? 0
    if (isOn.value && layers > 0) return `${counted(layers, 'layer')} covered`
    return lane === 0 ? 'baseline' : ''
  })

  const chooseBlocked = computed(() => (isLeaving.value ? LEAVES : null))

  return {
    snapshot,
    design,
    options,
    isOn,
    isPending,
    isLeaving,
    chooseBlocked,
    switchBlocked,
    tag,
    choose,
    setDmt
  }
}
