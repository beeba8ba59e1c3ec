/** Size of an element's content in CSS pixels, kept up to date. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'

export function useElementSize(element: Readonly<Ref<Element | null>>): {
  width: Ref<number>
  height: Ref<number>
} {
  const width = ref(0)
  const height = ref(0)
  const observer = new ResizeObserver(([entry]) => {
    width.value = entry.contentRect.width
    height.value = entry.contentRect.height
  })
  watch(
    element,
    (now, before) => {
      if (before) observer.unobserve(before)
      if (now) observer.observe(now)
    },
    { immediate: true }
  )
  onScopeDispose(() => observer.disconnect())
  return { width, height }
}
