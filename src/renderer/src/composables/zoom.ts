/**
 * The size of everything. The desktop app zooms its page as a browser does; in a browser the page zooms itself, and
 * its style sheets are told that the window is as much narrower, so that both take the same path.
 */
import { computed, onScopeDispose, readonly, ref, watch, type Ref } from 'vue'
import { useViewStore } from '@renderer/stores/view'
import { useLab } from './lab'

/** For a room, over the size that the person has chosen. */
const PRESENTER_ZOOM = 1.25
const LARGEST = 2

/** How much larger the page has made itself; 1 where the desktop zooms. */
const ownZoom = ref(1)
export const useOwnZoom = (): Readonly<Ref<number>> => readonly(ownZoom)

/** Conditions as the style sheets were written. */
const written = new WeakMap<CSSMediaRule, string>()

const scaled = (condition: string, factor: number): string =>
  condition.replace(/([\d.]+)px/g, (_, pixels: string) => `${Number(pixels) * factor}px`)

function scaleRules(rules: CSSRuleList, factor: number): void {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule) {
      const condition = written.get(rule) ?? rule.media.mediaText
      written.set(rule, condition)
      rule.media.mediaText = scaled(condition, factor)
    }
    if (rule instanceof CSSGroupingRule) scaleRules(rule.cssRules, factor)
  }
}

/** Whether a media condition holds for the window as its contents see it. */
export function useMedia(condition: string): Readonly<Ref<boolean>> {
  const matches = ref(false)
  let query: MediaQueryList | null = null
  const update = (): void => void (matches.value = query?.matches ?? false)
  const stop = (): void => query?.removeEventListener('change', update)
  watch(
    ownZoom,
    (factor) => {
      stop()
      query = matchMedia(scaled(condition, factor))
      query.addEventListener('change', update)
      update()
    },
    { immediate: true }
  )
  onScopeDispose(stop)
  return readonly(matches)
}

/** Once, in the root component, before what asks for media. */
export function useZoom(): void {
  const view = useViewStore()
  const { desktop } = useLab()
  const factor = computed(() =>
    Math.min(LARGEST, (view.zoom / 100) * (view.isPresenting ? PRESENTER_ZOOM : 1))
  )
  function apply(next: number): void {
    if (desktop) return desktop.setZoom(next)
    const { style } = document.documentElement
    style.setProperty('zoom', String(next))
    style.setProperty('--own-zoom', String(next))
    for (const sheet of document.styleSheets) scaleRules(sheet.cssRules, next)
    ownZoom.value = next
  }
  watch(factor, apply, { immediate: true })
}
