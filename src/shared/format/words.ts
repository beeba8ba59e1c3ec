/** Looking for words that a person typed: all of them, in any order, in any case. */

export const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean)

/** @param words as wordsOf makes them */
export function holdsAll(text: string, words: readonly string[]): boolean {
  const all = text.toLowerCase()
  return words.every((word) => all.includes(word))
}
