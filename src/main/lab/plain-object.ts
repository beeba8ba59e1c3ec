import { isObject } from '@shared/model/plain-object'

/** `over` on top of `base`, group by group; anything that is no object replaces what it lies on. */
export function merged(base: unknown, over: unknown): unknown {
  if (over === undefined) return base
  if (!isObject(base) || !isObject(over)) return over
  const names = new Set([...Object.keys(base), ...Object.keys(over)])
  return Object.fromEntries(Array.from(names, (name) => [name, merged(base[name], over[name])]))
}

/** The value at a path; undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined
    return Object.getOwnPropertyDescriptor(value, key)?.value as unknown
  }, root)
}
