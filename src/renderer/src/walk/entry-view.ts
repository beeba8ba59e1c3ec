/** The 64 bits of an entry as a person reads them: hex with its frame, one box a flag, and the same in words. */
import { decodeEntry } from '@shared/arch/entry'
import { SIZE_AT_LEVEL, SIZE_TITLE } from '@shared/arch/page-size'
import { capital } from '@shared/format/capital'
import type { WalkStep } from '@shared/model/walk-record'

export interface FlagBox {
  readonly name: string
  readonly bit: number
  readonly isSet: boolean
}

export interface HexDigit {
  readonly digit: string
  readonly isFrame: boolean
  /** A thin gap stands before it: groups of four from the right. */
  readonly startsGroup: boolean
}

export interface EntryView {
  readonly digits: readonly HexDigit[]
  readonly frame: string
  readonly noExecute: FlagBox
  readonly flags: readonly FlagBox[]
  readonly words: string
}

/** Digits of bits 51..12 in the 16 digits of an entry. */
const FRAME_FROM = 3
const FRAME_TO = 12

/** Bit 7 means something else at each level (Intel SDM vol. 3A, 4.5). */
const bitSevenName = (level: number): string => (level === 1 ? 'PAT' : level <= 3 ? 'PS' : '–')

/** Leading zeros of the frame are not underlined, its last digit always is. */
function digitsOf(hex: string): HexDigit[] {
  const first = Math.min(FRAME_TO, hex.slice(FRAME_FROM).search(/[^0]|$/) + FRAME_FROM)
  return [...hex].map((digit, i) => ({
    digit,
    isFrame: i >= first && i <= FRAME_TO,
    startsGroup: i > 0 && (hex.length - i) % 4 === 0
  }))
}

function flagBoxes(low: number, level: number): FlagBox[] {
  const names = ['P', 'W', 'U', 'PWT', 'PCD', 'A', 'D', bitSevenName(level), 'G']
  return names.map((name, bit) => ({ name, bit, isSet: (low & (1 << bit)) !== 0 })).reverse()
}

type Decoded = ReturnType<typeof decodeEntry>

function target(flags: Decoded, level: number): string {
  if (level > 1 && !flags.pageSize) return `Points to a level ${level - 1} table.`
  const size = SIZE_AT_LEVEL[level]
  return size ? `A ${SIZE_TITLE[size]} page.` : 'Reserved bits are set.'
}

function inWords(flags: Decoded, level: number): string {
  if (!flags.present) return 'Not present. The other bits have no meaning.'
  const isLeaf = level === 1 || flags.pageSize
  const words = [
    'present',
    flags.writable ? 'writable' : 'read-only',
    flags.user ? 'user' : 'supervisor',
    flags.accessed ? 'accessed' : 'not accessed',
    ...(isLeaf ? [flags.dirty ? 'dirty' : 'clean'] : []),
    ...(isLeaf && flags.global ? ['global'] : []),
    ...(flags.noExecute ? ['not executable'] : [])
  ].join(', ')
  return `${capital(words)}. ${target(flags, level)}`
}

/** Null for an entry that a walk cache knew: its bits were not read. */
export function viewEntry(step: Pick<WalkStep, 'entry' | 'level'>): EntryView | null {
  const hex = step.entry.replace(/^0x/, '').padStart(16, '0')
  if (step.entry === '') return null
  const high = Number.parseInt(hex.slice(0, 8), 16)
  const low = Number.parseInt(hex.slice(8), 16)
  const flags = decodeEntry(low, high)
  return {
    digits: digitsOf(hex),
    // Above 2^31 the shifted halves of a damaged entry overlap; the digits themselves are exact.
    frame: '0x' + (hex.slice(FRAME_FROM, FRAME_TO + 1).replace(/^0+/, '') || '0'),
    noExecute: { name: 'XD', bit: 63, isSet: flags.noExecute },
    flags: flagBoxes(low, step.level),
    words: inWords(flags, step.level)
  }
}
