/** Fetches one at a time. A call while one is under way makes that one go round again, so the last news is never lost. */
import type { Ref } from 'vue'
import { errorWords } from '@shared/format/error-words'

/** @param problem what the latest fetch has failed of, null where it has not */
export function refresher(fetch: () => Promise<void>, problem: Ref<string | null>): () => Promise<void> {
  let underWay: Promise<void> | null = null
  let isAskedAgain = false

  async function goRound(): Promise<void> {
    do {
      isAskedAgain = false
      problem.value = await fetch().then(() => null, errorWords)
    } while (isAskedAgain)
    underWay = null
  }

  return () => {
    isAskedAgain = underWay !== null
    underWay ??= goRound()
    return underWay
  }
}
