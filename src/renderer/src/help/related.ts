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

const patternsOf = (entry: HelpEntry): RegExp[] =>
  NAMED.filter((named) => named.entry === entry).map(({ pattern }) => pattern)
const textOf = ({ title, meaning, formula }: HelpEntry): string => `${title}. ${meaning} ${formula}`

/** Terms that a definition uses; a longer name takes its words away from shorter ones. */
function mentionedIn(entry: HelpEntry): HelpEntry[] {
  let rest = textOf(entry)
  return NAMED.flatMap(({ entry: one, pattern }) => {
    if (!pattern.test(rest)) return []
    rest = rest.replace(pattern, ' ')
    return [one]
  })
}

/** Terms of the same section whose definitions use this one. */
function mentioning(entry: HelpEntry): HelpEntry[] {
  const patterns = patternsOf(entry)
  return ENTRIES.filter(
    (one) => one.section === entry.section && patterns.some((pattern) => pattern.test(textOf(one)))
  )
}

/** Counters of the formula first, then what bears the same identifier, then terms in both directions. */
export function relatedTo(entry: HelpEntry): HelpEntry[] {
  const formula = (entry.formula.match(/[A-Za-z]+/g) ?? []).flatMap((word) =>
    ENTRIES.filter(({ id }) => id === `number/${word}`)
  )
  const same = ENTRIES.filter(
    ({ kind, identifiers }) =>
      kind !== entry.kind && identifiers.some((one) => entry.identifiers.includes(one))
  )
  const used = mentionedIn(entry)
  const all = [...formula, ...same, ...used.slice(0, 3), ...mentioning(entry), ...used.slice(3)]
  return [...new Map(all.map((one) => [one.id, one])).values()]
    .filter(({ id }) => id !== entry.id)
    .slice(0, MOST_RELATED)
}
