/** The paper's formula on the walks so far, and what the lanes measured beside it, asked for only while on show. */
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { LaneFacts } from '@shared/formulas/lane-facts'
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
  /** Of each lane, as of the last answer; empty before it. */
  const facts = shallowRef<readonly LaneFacts[]>([])
  let askedAt = -Infinity

  async function askFacts(): Promise<void> {
    const asked = session.info?.session
    const answer = await lab.calls['session/facts']().catch(() => [])
    if (session.info?.session === asked) facts.value = answer
  }

  async function ask(): Promise<void> {
    askedAt = performance.now()
    const asked = session.info?.session
    const [answer] = await Promise.all([lab.calls['session/formula']().catch(() => null), askFacts()])
    if (session.info?.session === asked) formula.value = answer
  }

  /** The session's number, so that nothing of the one before stays. */
  watch(
    () => session.info?.session,
    () => {
      formula.value = null
      facts.value = []
    }
  )
  watch([isOpen, () => session.snapshot], async ([open, snapshot], [wasOpen]) => {
    if (snapshot === null || snapshot.references === 0) return
    // Memory is told whenever nothing moves.
    if (!open) return void (snapshot.state === 'running' ? undefined : await askFacts())
    const isDue = performance.now() - askedAt >= MS_BETWEEN_ANSWERS
    if (!wasOpen || snapshot.state !== 'running' || isDue) await ask()
  })

  const toggle = (): void => void (isOpen.value = !isOpen.value)
  const open = (): void => void (isOpen.value = true)
  const close = (): void => void (isOpen.value = false)

  return { isOpen, formula, facts, ask, toggle, open, close }
})
