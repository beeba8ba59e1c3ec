/** Which other pages of Help a definition leads to: the counters of its formula, and the terms that it uses. */
import { ENTRIES, type HelpEntry } from './entries'

const MOST_RELATED = 8

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** Names by which a definition may mention an entry; a title of several names counts by each. */
const namesOf = ({ title, kind, identifiers }: HelpEntry): string[] => [
  ...title
    .replace(/ \(.*\)$/, '')
    .split(', ')
    .filter((name) => name.length > 2),
  ...(kind === 'term' ? [] : identifiers)
]

interface Named {
  readonly entry: HelpEntry
  readonly pattern: RegExp
}
/** Longer names first, so that `page-walk cache` is found before `walk`. */
const NAMED: readonly Named[] = ENTRIES.flatMap((entry) => namesOf(entry).map((name) => ({ entry, name })))
  .sort((a, b) => b.name.length - a.name.length)
  .map(({ entry, name }) => ({
    entry,
    pattern: new RegExp(`(?<![\\w-])${escaped(name)}(s|es)?(?![\\w-])`, 'i')
  }))

/** Counters in the formula come first, in its order; then terms, longest names first. */
export function relatedTo(entry: HelpEntry): HelpEntry[] {
  const formula = (entry.formula.match(/[A-Za-z]+/g) ?? []).flatMap((word) =>
    ENTRIES.filter(({ id }) => id === `number/${word}`)
  )
  const same = ENTRIES.filter(
    ({ kind, identifiers }) =>
      kind !== entry.kind && identifiers.some((one) => entry.identifiers.includes(one))
  )
  let rest = `${entry.title}. ${entry.meaning} ${entry.formula}`
  const mentioned = NAMED.flatMap(({ entry: one, pattern }) => {
    if (!pattern.test(rest)) return []
    rest = rest.replace(pattern, ' ')
    return [one]
  })
  const all = [...formula, ...same, ...mentioned].filter(({ id }) => id !== entry.id)
  return [...new Map(all.map((one) => [one.id, one])).values()].slice(0, MOST_RELATED)
}
