/**
 * A copy of an object with all that it holds, classes kept: parts of hardware that hold plain state, typed arrays and
 * other such parts. What two of them share their copies share too. Functions are the same in the copy.
 */
export const duplicate = <T>(value: T): T => copyOf(value, new Map()) as T

function copyOf(value: unknown, done: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const known = done.get(value)
  if (known) return known
  if (isTypedArray(value)) return noted(value, value.slice(), done)
  if (value instanceof Map || value instanceof Set)
    throw new Error('duplicate: hardware holds no maps and sets, so none is copied')
  const copy = Array.isArray(value) ? [] : bareLike(value)
  done.set(value, copy)
  for (const [key, part] of Object.entries(value)) Reflect.set(copy, key, copyOf(part, done))
  return copy
}

/** Of the same class, still without its state. */
const bareLike = (value: object): object => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return Object.setPrototypeOf({}, prototype as object | null) as object
}

function noted(value: object, copy: object, done: Map<object, object>): object {
  done.set(value, copy)
  return copy
}

type TypedArray = Int32Array | Float64Array | Uint8Array | Uint16Array | Uint32Array

const isTypedArray = (value: object): value is TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView)
