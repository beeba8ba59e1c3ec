/** Values of JSON that have names: no array, and not null. */
export type PlainObject = { readonly [key: string]: unknown }

export const isObject = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
