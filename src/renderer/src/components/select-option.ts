/** One choice of a select. */
export interface SelectOption<T> {
  readonly value: T
  readonly title: string
  /** Why it cannot be chosen now. */
  readonly refusal?: string | null
}
