/** What a control for a parameter of a workload has to know; read off the spec's schema in main. */
interface InRange {
  readonly minimum: number
  readonly maximum: number
  readonly default: number
}

export type KnobShape =
  | ({ readonly kind: 'count' } & InRange)
  | ({ readonly kind: 'number' } & InRange)
  /** From 0 to 1, shown in percent. */
  | ({ readonly kind: 'share' } & InRange)
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly default: string }
  | { readonly kind: 'switch'; readonly default: boolean }

export type KnobValue = number | string | boolean
