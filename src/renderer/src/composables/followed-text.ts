/** Text of a field that follows what is shown. While somebody writes in it, and until that is taken, it stays theirs. */
import { ref, watch } from 'vue'

export function useFollowedText(shown: () => string) {
  const typed = ref(shown())
  /** As it was when nobody had written in it. */
  let plain = typed.value
  let isHeld = false

  function follow(): void {
    if (!isHeld) typed.value = plain = shown()
  }

  /** Somebody is in it. */
  const hold = (): void => void (isHeld = true)

  /** What it says was taken, or is no longer wanted: it follows what comes of it. */
  function settle(): void {
    isHeld = false
    plain = typed.value
  }

  /** What was written and not taken stays. */
  function leave(): void {
    if (typed.value !== plain) return
    settle()
    follow()
  }

  watch(shown, follow)
  return { typed, hold, settle, leave }
}
