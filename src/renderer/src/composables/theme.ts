/** Light, dark or as the system is: written to the root element, where tokens.css looks for it. */
import { computed, readonly, ref, watch, type Ref } from 'vue'
import { useViewStore } from '@renderer/stores/view'
import { useMedia, useOwnZoom } from './zoom'

const version = ref(0)
/** Grows when colours or type sizes have changed, for drawings that read the tokens themselves. */
export const useThemeVersion = (): Readonly<Ref<number>> => readonly(version)

/** Once, in the root component. */
export function useTheme(): void {
  const view = useViewStore()
  const isSystemDark = useMedia('(prefers-color-scheme: dark)')
  const isDark = computed(() => view.theme === 'dark' || (view.theme === 'system' && isSystemDark.value))
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
