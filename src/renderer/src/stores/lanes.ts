/** How many lanes there are, in the set-up and in what runs; adding one and taking one away. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { MOST_LANES } from '@renderer/lanes/letters'
import { nextDesign } from '@renderer/lanes/next-design'
import { useCatalogueStore } from './catalogue'
import { useSessionStore } from './session'
import { useSetupStore } from './setup'

export const useLanesStore = defineStore('lanes', () => {
  const catalogue = useCatalogueStore()
  const setup = useSetupStore()
  const session = useSessionStore()

  /** Designs of the set-up, by lane. */
  const drafted = computed(() => setup.draft?.lanes ?? [])
  const running = computed(() => session.info?.spec.lanes.length ?? 0)
  /** Lanes that results are shown of: those of the run, before the first one those of the set-up. */
  const shown = computed(() => running.value || drafted.value.length || 1)
  /** Lanes with a place in the window: a new one before it runs, and one that goes until the Reset. */
  const placed = computed(() => Math.max(running.value, drafted.value.length, 1))

  const addBlocked = computed(() =>
    drafted.value.length >= MOST_LANES ? 'The window has room for four lanes' : null
  )

  async function add(): Promise<void> {
    const { draft } = setup
    if (!draft || addBlocked.value !== null) return
    await setup.change({ lanes: [...draft.lanes, nextDesign(catalogue.designs, draft)] })
  }

  /** Lanes behind it move up. The first is what the others are compared with and stays. */
  async function remove(lane: number): Promise<void> {
    if (lane > 0) await setup.change({ lanes: drafted.value.filter((_, i) => i !== lane) })
  }

  const chosen = ref(1)
  /** Lane that the first is set against, in numbers and walk by walk; the person's choice, as long as it is there. */
  const against = computed(() => Math.max(1, Math.min(chosen.value, shown.value - 1)))
  function compare(lane: number): void {
    if (lane > 0) chosen.value = lane
  }
  /** The next one, after the last one the second lane. */
  const compareNext = (): void => compare(against.value + 1 < shown.value ? against.value + 1 : 1)

  return { drafted, running, shown, placed, addBlocked, against, add, remove, compare, compareNext }
})
