/** Text of a field that stays a person's own until it is entered. */
import { nextTick, ref, watch } from 'vue'

export function useTyped(
  field: { readonly text: string; readonly problem?: string | null },
  take: (text: string) => void
) {
  const typed = ref(field.text)
  /** Shows the value in its one form. */
  const writeBack = (): void => void (typed.value = field.text)

  /** What was understood is written back in the one form, also when it is the value that stood there before. */
  async function enter(): Promise<void> {
    if (typed.value === field.text && !field.problem) return
    take(typed.value)
    await nextTick()
    if (!field.problem) writeBack()
  }

  watch(() => field.text, writeBack)
  /** Text that could not be read goes with its problem, also where the value is the one that stood there before. */
  watch(
    () => field.problem,
    (problem) => {
      if (!problem) writeBack()
    }
  )
  return { typed, writeBack, enter }
}
