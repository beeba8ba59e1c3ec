/** The conversation on show: the chosen one, else the one that granted what is kept, else the first that was made. */
import { computed } from 'vue'
import type { Conversation } from '@shared/model/conversation'
import { useMemoryStore } from '@renderer/stores/memory'

/** One that a layer has with its own allocator tells less. */
const isBetweenLayers = ({ messages }: Conversation): boolean => messages.some(({ from, to }) => from !== to)

export function useShownCall() {
  const memory = useMemoryStore()

  /** TEAs of the kept part, by layer and number. */
  const isOfKept = (asker: string, tea: number | null): boolean =>
    tea !== null && memory.selected !== null && memory.lit.has(`${asker}-tea-${tea}`)

  const call = computed(() => {
    const { calls, chosenCall, selected } = memory
    if (chosenCall !== null) return calls.find(({ n }) => n === chosenCall) ?? null
    const ofLayer = calls.filter(({ asker, tea }) => isOfKept(asker, tea))
    const own = ofLayer.find(({ asker }) => asker === selected?.layer) ?? ofLayer[0]
    if (selected) return own ?? null
    return calls.find(isBetweenLayers) ?? calls[0] ?? null
  })

  const others = computed(() => memory.calls.filter(({ n }) => n !== call.value?.n))
  return { call, others }
}
