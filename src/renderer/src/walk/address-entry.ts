/** An address as a person types it: hex, with or without 0x, in groups or not. */

/** Of tables with five levels, and with four; beyond them hardware takes no address at all. */
const BITS_OF_FIVE = 57
const BITS_OF_FOUR = 48

export type AddressEntry = { readonly address: string } | { readonly problem: string }

/** The address in plain hex, or why it is none for tables of so many levels. */
export function addressFrom(text: string, levels: 4 | 5 = 5): AddressEntry {
  const digits = text.replace(/[\s_]/g, '').replace(/^0x/i, '')
  if (digits === '') return { problem: 'Type a virtual address in hex, such as 0x7ffe00001000' }
  if (!/^[0-9a-f]+$/i.test(digits)) return { problem: `${text.trim()} is not hex: digits 0 to 9 and a to f` }
  const address = BigInt(`0x${digits}`)
  const bits = levels === 5 ? BITS_OF_FIVE : BITS_OF_FOUR
  if (address >= 2n ** BigInt(bits))
    return {
      problem: `A virtual address has ${bits} bits at most in tables of ${levels} levels, this one has more`
    }
  return { address: '0x' + address.toString(16) }
}
