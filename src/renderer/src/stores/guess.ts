/** The example in play: its guess is taken before the answer is shown, may be skipped, and never changes what runs. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { latestOnly } from '@renderer/composables/latest'
import type { Example } from '@renderer/examples/example'
import { guessText } from '@renderer/examples/guess-text'

export const useGuessStore = defineStore('guess', () => {
  const example = shallowRef<Example | null>(null)
  const isOpen = ref(false)
  /** What the lanes show is of this example, and not of what ran before it. */
  const isReady = ref(false)
  const answered = ref<number | null>(null)
  /** An asking that was overtaken leaves the next one alone. */
  const newAsking = latestOnly()
  const question = computed(() => (isOpen.value ? (example.value?.guess ?? null) : null))
  /** The answer may be shown: the guess was made or skipped. */
  const isRevealed = computed(() => example.value !== null && !isOpen.value)
  /** As it is written; null when there is none. */
  const answeredText = computed(() => {
    const guess = example.value?.guess
    return guess && answered.value !== null ? guessText(guess, answered.value) : null
  })
  /** A tile whose value would give the answer away. */
  const hides = (tile: string): boolean => question.value?.hides?.some((id) => id === tile) ?? false

  /**
   * Null leaves examples. A guess about a file of one's own waits until it runs.
   * @returns whether this is still the latest asking
   */
  function ask(next: Example | null, isWaiting = false): () => boolean {
    example.value = next
    answered.value = null
    isReady.value = false
    isOpen.value = !isWaiting && Boolean(next?.guess)
    return newAsking()
  }

  /** Null skips the guess. */
  function answer(guess: number | null): void {
    answered.value = guess
    isOpen.value = false
  }

  const markReady = (): void => void (isReady.value = true)
  const leave = (): void => void ask(null)

  return {
    example,
    question,
    answered,
    answeredText,
    isOpen,
    isReady,
    isRevealed,
    hides,
    ask,
    answer,
    markReady,
    leave
  }
})
