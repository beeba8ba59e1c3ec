/** Text of a field while it is edited. */
import { ref, watch, type Ref } from 'vue'

export interface Typed {
  readonly typed: Ref<string>
  /** Shows the value in its one form. */
  readonly writeBack: () => void
}

export function useTyped(field: { readonly text: string; readonly problem?: string | null }): Typed {
  const typed = ref(field.text)
  const writeBack = (): void => void (typed.value = field.text)

  watch(() => field.text, writeBack)
  /** Text that could not be read goes with its problem, also where the value is the one that stood there before. */
  watch(
    () => field.problem,
    (problem) => {
      if (!problem) writeBack()
    }
  )
  return { typed, writeBack }
}
