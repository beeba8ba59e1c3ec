/** The kept walks before and after the one on show, in the order they happened. */
import { computed } from 'vue'
import { useViewStore } from '@renderer/stores/view'
import { useWalkStore } from '@renderer/stores/walk'

export function useWalkBeside() {
  const walk = useWalkStore()
  const view = useViewStore()

  const references = computed(() => walk.kept.map((one) => one.reference).sort((a, b) => a - b))
  const shown = computed(() => walk.ran?.reference ?? 0)
  const before = computed(() => references.value.findLast((one) => one < shown.value) ?? null)
  const after = computed(() => references.value.find((one) => one > shown.value) ?? null)

  async function go(reference: number | null): Promise<void> {
    if (reference === null) return
    view.show('Walk')
    await walk.choose(reference)
  }

  return {
    before,
    after,
    goBefore: () => go(before.value),
    goAfter: () => go(after.value)
  }
}
