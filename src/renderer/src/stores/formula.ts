/** The paper's formula on the walks so far, asked for only while it is on show. */
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { RunFormula } from '@shared/model/result'
import { useLab } from '@renderer/composables/lab'
import { useSessionStore } from './session'

/** Every walk pattern is read for an answer, so a running session is asked no more often. */
const MS_BETWEEN_ANSWERS = 1000

export const useFormulaStore = defineStore('formula', () => {
  const lab = useLab()
  const session = useSessionStore()

  const isOpen = ref(false)
  /** Null where the formulas have no meaning, and before the first answer. */
  const formula = shallowRef<RunFormula | null>(null)
  let askedAt = -Infinity

  async function ask(): Promise<void> {
    askedAt = performance.now()
    const asked = session.info?.session
    const answer = await lab.calls['session/formula']().catch(() => null)
    if (session.info?.session === asked) formula.value = answer
  }

  /** The session's number, so that nothing of the one before stays. */
  watch(
    () => session.info?.session,
    () => (formula.value = null)
  )
  watch([isOpen, () => session.snapshot], async ([open, snapshot], [wasOpen]) => {
    if (!open || snapshot === null) return
    const isDue = performance.now() - askedAt >= MS_BETWEEN_ANSWERS
    if (!wasOpen || snapshot.state !== 'running' || isDue) await ask()
  })

  const toggle = (): void => void (isOpen.value = !isOpen.value)
  const open = (): void => void (isOpen.value = true)
  const close = (): void => void (isOpen.value = false)

  return { isOpen, formula, ask, toggle, open, close }
})
