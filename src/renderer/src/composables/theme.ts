/** Light, dark or as the system is: written to the root element, where tokens.css looks for it. */
import { computed, readonly, ref, watch, type Ref } from 'vue'
import type { Theme } from '@shared/model/settings'
import { useViewStore } from '@renderer/stores/view'
import { useMedia, useOwnZoom } from './zoom'

const version = ref(0)
/** Grows when colours or type sizes have changed, for drawings that read the tokens themselves. */
export const useThemeVersion = (): Readonly<Ref<number>> => readonly(version)

const DARK_SYSTEM = '(prefers-color-scheme: dark)'

export const isDarkTheme = (theme: Theme, isSystemDark: boolean): boolean =>
  theme === 'dark' || (theme === 'system' && isSystemDark)

/** What one press changes to: always to the other shade, and to that of the system where this is it. */
export function themeAfter(theme: Theme, isSystemDark: boolean): Theme {
  const willBeDark = !isDarkTheme(theme, isSystemDark)
  if (willBeDark === isSystemDark) return 'system'
  return willBeDark ? 'dark' : 'light'
}

/** For the button that changes it. */
export function useNextTheme(): { readonly next: Readonly<Ref<Theme>>; change: () => void } {
  const view = useViewStore()
  const isSystemDark = useMedia(DARK_SYSTEM)
  const next = computed(() => themeAfter(view.theme, isSystemDark.value))
  const change = (): void => void (view.theme = next.value)
  return { next, change }
}

/** Once, in the root component. */
export function useTheme(): void {
  const view = useViewStore()
  const isSystemDark = useMedia(DARK_SYSTEM)
  const isDark = computed(() => isDarkTheme(view.theme, isSystemDark.value))
  watch(
    isDark,
    (dark) => {
      document.documentElement.dataset.theme = dark ? 'dark' : 'light'
      version.value++
    },
    { immediate: true }
  )
  watch([useMedia('(min-width: 1720px)'), useOwnZoom()], () => void version.value++)
}
