/** A guess taken before the answer is shown: it may be skipped, and it never changes what runs. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

export interface GuessQuestion {
  readonly text: string
  readonly low: number
  readonly high: number
}

export const useGuessStore = defineStore('guess', () => {
  const question = ref<GuessQuestion | null>(null)
  const answered = ref<number | null>(null)
  const isOpen = computed(() => question.value !== null)

  function ask(next: GuessQuestion | null): void {
    question.value = next
    answered.value = null
  }

  /** Null skips the guess. */
  function answer(guess: number | null): void {
    answered.value = guess
    question.value = null
  }

  return { question, answered, isOpen, ask, answer }
})
