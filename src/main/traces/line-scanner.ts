const NO_DIGIT = 0xff
const SPACE = 0x20
const TAB = 0x09
const CARRIAGE_RETURN = 0x0d
const NEWLINE = 0x0a
const ZERO = 0x30
const LETTER_X = 0x78
const LOWER_CASE = 0x20
const LEADING_ZEROS = /^0+(?=.)/

/** Value of each byte as a hexadecimal digit. */
const HEX_VALUE = new Uint8Array(256).fill(NO_DIGIT)
for (const digits of ['0123456789abcdef', '0123456789ABCDEF']) {
  for (let value = 0; value < 16; value++) HEX_VALUE[digits.charCodeAt(value)] = value
}

const isBlank = (byte: number): boolean => byte === SPACE || byte === TAB

/**
 * Reads the fields of a line one after another, without strings. The bytes must hold a newline at or after the
 * position (WholeLines). Each method returns whether the field was there.
 */
export class LineScanner {
  bytes = new Uint8Array(0)
  position = 0
  /** What `hex` read, as two 32-bit words. */
  upper = 0
  lower = 0
  /** What `decimal` read. */
  number = 0

  /** One or more spaces or tabs. */
  blanks(): boolean {
    const start = this.position
    while (isBlank(this.bytes[this.position])) this.position++
    return this.position > start
  }

  byte(expected: number): boolean {
    if (this.bytes[this.position] !== expected) return false
    this.position++
    return true
  }

  /** A hexadecimal number of at most 64 bits, leading zeros aside. */
  hex(): boolean {
    const bytes = this.bytes
    const start = this.position
    let position = start
    let upper = 0
    let lower = 0
    for (let value = HEX_VALUE[bytes[position]]; value !== NO_DIGIT; value = HEX_VALUE[bytes[++position]]) {
      if (upper >>> 28 !== 0) return false
      upper = (upper << 4) | (lower >>> 28)
      lower = (lower << 4) | value
    }
    this.upper = upper
    this.lower = lower
    this.position = position
    return position > start
  }

  /** The same with 0x in front, or without. */
  prefixedHex(): boolean {
    const { bytes, position } = this
    const isPrefixed = bytes[position] === ZERO && (bytes[position + 1] | LOWER_CASE) === LETTER_X
    if (isPrefixed) this.position += 2
    return this.hex()
  }

  /** Reads a text that is all digits; false when they are more than 64 bits. */
  hexOf(text: string): boolean {
    const digits = text.replace(LEADING_ZEROS, '')
    this.upper = Number.parseInt(digits.slice(0, -8) || '0', 16)
    this.lower = Number.parseInt(digits.slice(-8), 16)
    return digits.length <= 16
  }

  /** A decimal number from `least` to `most`. */
  decimal(least: number, most: number): boolean {
    const bytes = this.bytes
    const start = this.position
    let position = start
    let number = 0
    for (let value = bytes[position] - ZERO; value >= 0 && value <= 9; value = bytes[++position] - ZERO) {
      number = number * 10 + value
      if (number > most) return false
    }
    this.number = number
    this.position = position
    return position > start && number >= least
  }

  /** Blanks, a carriage return or none, and the newline; the position is then that of the next line. */
  lineEnd(): boolean {
    this.blanks()
    this.byte(CARRIAGE_RETURN)
    return this.byte(NEWLINE)
  }
}
