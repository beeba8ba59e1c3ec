/** Charts that can be saved as pictures: those on show, and the one the person means. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { drawPicture, pngOf } from '@renderer/charts/draw-picture'
import { pictureName, pictureWords } from '@renderer/charts/picture-words'
import { smoothingWords } from '@renderer/charts/smoothing'
import type { StripChart } from '@renderer/charts/strip-chart'
import type { Strip } from '@renderer/charts/strips'
import { useLab } from '@renderer/composables/lab'
import { NO_RUN } from '@renderer/composables/transport'
import { useCatalogueStore } from './catalogue'
import { useLiveStore } from './live'
import { useNoticesStore } from './notices'
import { useSessionStore } from './session'

interface Drawn {
  readonly strip: Strip
  readonly chart: StripChart
}

export const useChartPicturesStore = defineStore('chartPictures', () => {
  const lab = useLab()
  const catalogue = useCatalogueStore()
  const live = useLiveStore()
  const notices = useNoticesStore()
  const session = useSessionStore()

  /** By title; charts stay out of reactivity. */
  const drawn = new Map<string, Drawn>()
  const pointed = ref<string | null>(null)
  /** Asked for before there was a chart. */
  let isAwaited = false

  /** The chart the pointer or the focus was on last, else the first. */
  const meant = computed(() => live.strips.find((title) => title === pointed.value) ?? live.strips[0])

  /** A chart has been drawn for the first time. */
  function add(strip: Strip, chart: StripChart): void {
    drawn.set(strip.title, { strip, chart })
    if (!isAwaited || strip.title !== meant.value) return
    isAwaited = false
    void save()
  }

  function remove({ title }: Strip, chart: StripChart): void {
    if (drawn.get(title)?.chart === chart) drawn.delete(title)
  }

  const blocked = computed(() => (session.hasResult ? null : NO_RUN))

  const point = (title: string): void => void (pointed.value = title)

  function wordsOf({ strip, chart }: Drawn) {
    const { info } = session
    const scene = chart.shown
    if (!scene || !info) return null
    const unit = [strip.unit, smoothingWords(live.smoothing)].filter((part) => part !== '').join(', ')
    const { designTitle: design, workloadTitle: workload, catalogue: about } = catalogue
    return pictureWords(strip, unit, scene, info, { design, workload, version: about?.version ?? '' })
  }

  async function write(chart: Drawn): Promise<void> {
    const words = wordsOf(chart)
    const canvas = words && drawPicture(chart.chart, words)
    if (!canvas || !session.info) throw new Error('There is nothing drawn yet, run first.')
    const where = await lab.savePicture(pictureName(chart.strip.title, session.info), await pngOf(canvas))
    if (where !== null) notices.tell('Picture saved', where)
  }

  async function save(title: string = meant.value): Promise<void> {
    const chart = drawn.get(title)
    isAwaited = chart === undefined
    if (chart) await notices.attempt('The picture was not saved', () => write(chart))
  }

  return { meant, blocked, add, remove, point, save }
})
