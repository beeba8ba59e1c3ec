/** A guess and what was measured, written in the unit of the guess. */
import { formatFixed, formatRatio, formatShare } from '@shared/format/number'
import type { Guess, SliderGuess } from './example'

/** Decimals of a step: `0.1` has one, `1` none. */
const decimals = (guess: Guess): number =>
  guess.kind === 'slider' && guess.step < 1 ? (guess.step < 0.1 ? 2 : 1) : 0

/** The middle of a scale, on one of its steps. */
export const middleOf = ({ low, high, step }: SliderGuess): number =>
  low + Math.round((high - low) / 2 / step) * step

const entries = (text: string): string => `${text} ${text === '1' ? 'entry' : 'entries'}`

export function guessText(guess: Guess, value: number): string {
  switch (guess.unit) {
    case 'times':
      return formatRatio(value, Math.max(1, decimals(guess)))
    case 'share':
      return formatShare(value, 0)
    case 'references':
      return entries(formatFixed(value, decimals(guess)))
  }
}

/** More exactly than it could be guessed. */
export function measuredText(guess: Guess, value: number): string {
  switch (guess.unit) {
    case 'times':
      return formatRatio(value)
    case 'share':
      return formatShare(value)
    case 'references':
      return entries(formatFixed(value, Number.isInteger(value) ? 0 : 2))
  }
}

/** How near: within a tenth of the scale or the value, or a step; a choice is right or not. */
export function nearness(guess: Guess, guessed: number, measured: number): string {
  const off = Math.abs(guessed - measured)
  if (guess.kind === 'choice') return off < 1e-9 ? 'You had it.' : ''
  if (off <= guess.step / 2) return 'You had it.'
  if (off <= 0.1 * Math.max(measured, guess.high - guess.low)) return 'Close.'
  return guessed < measured ? 'It is more.' : 'It is less.'
}
