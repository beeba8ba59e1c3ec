/** Slow play of the walk on show: step after step by itself, at a steady pace or as long as each step took. */
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { useWalkStore } from '@renderer/stores/walk'
import { stepDelay } from '@renderer/walk/step-pace'

export const usePlayStore = defineStore('walk-play', () => {
  const walk = useWalkStore()

  const isPlaying = ref(false)
  /** Steps a second; where cycles set the pace, how many times faster than a read from memory in a second. */
  const rate = ref(1)
  const isByCycles = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  const delay = computed(() => stepDelay(walk.records, walk.cursor, rate.value, isByCycles.value))

  function hold(): void {
    clearTimeout(timer)
    isPlaying.value = false
  }

  function goOn(): void {
    walk.goOn()
    if (walk.canGoOn) later()
    else hold()
  }

  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(goOn, delay.value)
  }

  /** From where the reader stands; from the first step when the walk has ended. */
  function play(): void {
    if (!walk.hasWalk) return
    if (!walk.canGoOn) walk.restart()
    isPlaying.value = walk.canGoOn
    if (walk.canGoOn) later()
  }

  const toggle = (): void => (isPlaying.value ? hold() : play())

  watch([rate, isByCycles], () => {
    if (isPlaying.value) later()
  })
  /** Another walk came. */
  watch(() => walk.records, hold)

  return { isPlaying, rate, isByCycles, play, hold, toggle }
})
