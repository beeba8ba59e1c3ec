/** Commands whose names hold what was typed, the likeliest first. */
import { wordsOf } from '@shared/format/words'
import type { MenuItem, SectionModel } from '@shared/commands/menu-model'

export interface FoundCommand {
  readonly menu: string
  readonly item: MenuItem
}

/** The name begins so, a word of it is so, a word begins so, it is somewhere inside, or not at all. */
function likeness(name: string, typed: string): number {
  if (name.startsWith(typed)) return 3
  const words = wordsOf(name)
  if (words.includes(typed)) return 2.5
  if (words.some((word) => word.startsWith(typed))) return 2
  return name.includes(typed) ? 1 : 0
}

/** Of all words that were typed; each has to be in the name or in that of the menu or view. */
function score({ menu, item }: FoundCommand, typed: readonly string[]): number {
  const name = item.title.toLowerCase()
  let sum = 0
  for (const word of typed) {
    const here = likeness(name, word) || (menu.toLowerCase().startsWith(word) ? 0.5 : 0)
    if (here === 0) return 0
    sum += here
  }
  return sum
}

export function findCommands(sections: readonly SectionModel[], typed: string): FoundCommand[] {
  const all = sections.flatMap(({ name, groups }) => groups.flat().map((item) => ({ menu: name, item })))
  const words = wordsOf(typed)
  if (words.length === 0) return all
  return all
    .map((command) => ({ command, score: score(command, words) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((one) => one.command)
}
