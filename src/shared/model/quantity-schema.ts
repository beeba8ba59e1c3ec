/** Sizes and counts as parts of a schema: a number, or text with a unit. */
import { z } from 'zod'
import { parseCount, parseSize } from './quantity'

const quantity = (
  parse: (text: string) => number | undefined,
  name: 'size' | 'count',
  min: number,
  max: number
) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? (parse(value) ?? value) : value),
    z.int().min(min).max(max).meta({ quantity: name })
  )

type Quantity = ReturnType<typeof quantity>

/** Bytes, also written `4GiB`. */
export const sizeBetween = (min: number, max: number): Quantity => quantity(parseSize, 'size', min, max)

/** A number of things, also written `2M`. */
export const countBetween = (min: number, max: number): Quantity => quantity(parseCount, 'count', min, max)
