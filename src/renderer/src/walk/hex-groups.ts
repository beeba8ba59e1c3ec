/** `0x7f1256789abc` -> 0x7f12, 5678, 9abc: groups of four digits from the right, the prefix with the first. */
export function hexGroups(hex: string): string[] {
  const digits = hex.replace(/^0x/, '')
  const first = digits.length % 4 || Math.min(4, digits.length)
  const rest = digits.slice(first).match(/.{4}/g) ?? []
  return ['0x' + digits.slice(0, first), ...rest]
}
