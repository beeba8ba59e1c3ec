/** Light, dark or as the system is: written to the root element, where tokens.css looks for it. */
import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue'
import type { Theme } from '@shared/model/settings'
import { useViewStore } from '@renderer/stores/view'

const version = ref(0)
/** Grows when colours or type sizes have changed, for drawings that read the tokens themselves. */
export const useThemeVersion = (): Readonly<Ref<number>> => readonly(version)

const listen = (query: MediaQueryList, listener: () => void): void => {
  query.addEventListener('change', listener)
  onScopeDispose(() => query.removeEventListener('change', listener))
}

/** Once, in the root component. */
export function useTheme(): void {
  const view = useViewStore()
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = (theme: Theme): void => {
    const isDark = theme === 'dark' || (theme === 'system' && dark.matches)
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
    version.value++
  }
  watch(() => view.theme, apply, { immediate: true })
  listen(dark, () => apply(view.theme))
  listen(matchMedia('(min-width: 1720px)'), () => void version.value++)
}
