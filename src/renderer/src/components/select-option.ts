/** One choice of a select. */
export interface SelectOption<T> {
  readonly value: T
  readonly title: string
  /** One sentence about it. */
  readonly hint?: string
  /** Options of one group stand together under its name. */
  readonly group?: string
  /** Why it cannot be chosen now. */
  readonly refusal?: string | null
}

/** A value that a combobox offers: what is entered, and how the list shows it. */
export interface ComboOffer {
  readonly text: string
  readonly label: string
}
