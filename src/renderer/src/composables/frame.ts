/** At most one piece of work a frame, however often it is asked for; none after the component has gone. */
import { onScopeDispose } from 'vue'

export function useFrame(work: () => void): () => void {
  let handle = 0
  onScopeDispose(() => cancelAnimationFrame(handle))
  return () => {
    if (handle !== 0) return
    handle = requestAnimationFrame(() => {
      handle = 0
      work()
    })
  }
}
