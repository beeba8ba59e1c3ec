/** A parameter of a workload as text, and back. */
import { formatCount, formatShare } from '@shared/format/number'
import { readCount } from '@shared/format/typed'
import type { KnobShape, KnobValue } from '@shared/model/knob-shape'

export function knobText({ kind }: KnobShape, value: KnobValue): string {
  if (typeof value === 'boolean') return value ? 'On' : 'Off'
  if (typeof value === 'string') return value
  if (kind === 'share') return formatShare(value, 0)
  return kind === 'count' ? formatCount(value) : String(value)
}

type Read = { readonly value: number } | { readonly problem: string }

/** What was typed for a number, or one line about what is wrong with it. */
export function readKnob(shape: KnobShape, text: string): Read {
  if (shape.kind === 'choice' || shape.kind === 'switch') return { problem: `“${text}” is no number.` }
  const { minimum, maximum, kind } = shape
  const value = kind === 'count' ? readCount(text) : readNumber(text)
  if (value !== undefined && value >= minimum && value <= maximum) return { value }
  const what = kind === 'count' ? 'whole number' : 'number'
  return { problem: `“${text}” is no ${what} from ${formatCount(minimum)} to ${formatCount(maximum)}.` }
}

function readNumber(text: string): number | undefined {
  const plain = text.replace(/[\s,]/g, '')
  const value = Number(plain)
  return plain !== '' && Number.isFinite(value) ? value : undefined
}
