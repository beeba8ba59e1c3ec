/** An address as a person types it: hex digits, with or without 0x, gaps anywhere. */
const MOST_DIGITS = 16

/** `0x…` in lower case; null when the text is none. */
export function readAddress(text: string): string | null {
  const digits = text.replace(/[\s_]/g, '').toLowerCase().replace(/^0x/, '')
  if (!/^[0-9a-f]+$/.test(digits)) return null
  const plain = digits.replace(/^0+(?=.)/, '')
  return plain.length > MOST_DIGITS ? null : '0x' + plain
}
