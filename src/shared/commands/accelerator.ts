/**
 * Keys of commands as text: modifiers `Ctrl`, `Alt`, `Shift` and one key as the browser names it, joined by `+`.
 * On a Mac Ctrl is the Command key. A character is what was typed, so Shift is part of it and not named beside it.
 */

/** What of a keyboard event tells which key it is. */
export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

interface Accelerator {
  readonly key: string
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
}

/** Keys that stand on one key of many keyboards: what zooms in need not be pressed with Shift. */
const SAME_KEY: Readonly<Record<string, string>> = { '+': '=', _: '-' }

function parse(text: string): Accelerator {
  const parts = text.split('+')
  const has = (modifier: string): boolean => parts.slice(0, -1).includes(modifier)
  return { key: parts[parts.length - 1], ctrl: has('Ctrl'), alt: has('Alt'), shift: has('Shift') }
}

const isLetter = (key: string): boolean => /^[a-z]$/i.test(key)
const isSign = (key: string): boolean => key.length === 1 && !isLetter(key)

/** Typed without a modifier, so a person who dictates or types text may press it by accident. */
export const isSingleKey = (text: string): boolean => text.length === 1

export function matches(text: string, press: KeyPress, isMac: boolean): boolean {
  const { key, ctrl, alt, shift } = parse(text)
  const pressed = SAME_KEY[press.key] ?? press.key
  const hasCommand = isMac ? press.metaKey : press.ctrlKey
  const hasOther = isMac ? press.ctrlKey : press.metaKey
  const isShiftRight = isSign(key) || press.shiftKey === shift
  return (
    pressed.toLowerCase() === key.toLowerCase() &&
    hasCommand === ctrl &&
    press.altKey === alt &&
    !hasOther &&
    isShiftRight
  )
}

/** `Ctrl Shift P`, or `⌘ ⇧ P` on a Mac: the caps to draw, one for each key. */
export function keyCaps(text: string, isMac: boolean): string[] {
  const mac: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' }
  return text.split('+').map((part) => (isMac ? (mac[part] ?? part) : part))
}

/** As the menus of Electron write it. */
export const electronAccelerator = (text: string): string => text.replace(/^Ctrl\b/, 'CommandOrControl')

/** As `aria-keyshortcuts` writes it. */
export const ariaShortcut = (text: string, isMac: boolean): string =>
  text.replace('Ctrl', isMac ? 'Meta' : 'Control')
