/** One choice of a select. */
export interface SelectOption<T> {
  readonly value: T
  readonly title: string
  /** Options of one group stand together under its name. */
  readonly group?: string
  /** Why it cannot be chosen now. */
  readonly refusal?: string | null
}
