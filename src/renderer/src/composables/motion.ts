/** Whether movement is kept to a minimum: because the system says so, or the person does. */
import { computed, watchEffect, type ComputedRef } from 'vue'
import { useViewStore } from '@renderer/stores/view'
import { useMedia } from './zoom'

function useReducedMotion(): ComputedRef<boolean> {
  const view = useViewStore()
  const system = useMedia('(prefers-reduced-motion: reduce)')
  return computed(() => system.value || view.motion === 'reduced')
}

/** Once, in the root component: written to the root element, where tokens.css looks for it. */
export function useMotion(): void {
  const isReduced = useReducedMotion()
  watchEffect(() => {
    document.documentElement.dataset.motion = isReduced.value ? 'reduced' : 'full'
  })
}
