/** An address as a person types it: hex, with or without 0x, in groups or not. */

const MOST_BITS = 57

export type AddressEntry = { readonly address: string } | { readonly problem: string }

/** The address in plain hex, or why it is none. */
export function addressFrom(text: string): AddressEntry {
  const digits = text.replace(/[\s_]/g, '').replace(/^0x/i, '')
  if (digits === '') return { problem: 'Type a virtual address in hex, such as 0x7ffe00001000' }
  if (!/^[0-9a-f]+$/i.test(digits)) return { problem: `${text.trim()} is not hex: digits 0 to 9 and a to f` }
  const address = BigInt(`0x${digits}`)
  if (address >= 2n ** BigInt(MOST_BITS))
    return { problem: `A virtual address has ${MOST_BITS} bits at most, this one has more` }
  return { address: '0x' + address.toString(16) }
}
