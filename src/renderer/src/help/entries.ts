/** What Help has a definition of: terms of the glossary, counters, derived values, and the other numbers of the window. */
import { capital } from '@shared/format/capital'
import { slugOf, type GlossaryRow } from '@shared/glossary/read-glossary'
import { COUNTERS } from '@shared/stats/counters'
import { DERIVED } from '@shared/stats/derived'
import { GLOSSARY } from './glossary'

export type EntryKind = 'term' | 'counter' | 'ratio' | 'number'

export interface HelpEntry {
  /** `term/tea`, `number/walks`: what links carry. */
  readonly id: string
  /** `tea`, `walks`: name of its picture. */
  readonly name: string
  readonly kind: EntryKind
  readonly title: string
  readonly section: string
  readonly meaning: string
  /** As it is formed from counters; empty where there is nothing to compute. */
  readonly formula: string
  readonly unit: string
  readonly identifiers: readonly string[]
}

const DERIVED_SECTION = 'Derived values'
const OTHER_SECTION = 'Other numbers in the window'

/** Acronyms such as gTEA keep their first letter. */
const titleOf = (term: string): string => (/^[a-z-]+(?![A-Za-z])/.test(term) ? capital(term) : term)

const COUNTER_ENTRIES: readonly HelpEntry[] = COUNTERS.map(({ id, title, unit, meaning }) => ({
  id: `number/${id}`,
  name: id,
  kind: 'counter',
  title,
  section: 'Counters',
  meaning,
  formula: '',
  unit,
  identifiers: [id]
}))

const COUNTER_IDS = new Set<string>(COUNTERS.map(({ id }) => id))
const isCounterRow = ({ identifiers, unit }: GlossaryRow): boolean =>
  unit !== '' && identifiers.length === 1 && COUNTER_IDS.has(identifiers[0])

function derivedEntry({ term, identifiers, meaning, section }: GlossaryRow): HelpEntry {
  const [name] = identifiers
  const ratio = DERIVED.find(({ id }) => id === name)
  return {
    id: `number/${name}`,
    name,
    kind: 'ratio',
    title: ratio?.title ?? titleOf(term),
    section,
    meaning: '',
    formula: meaning,
    unit: ratio?.unit ?? (name === 'memoryOverhead' ? 'bytes' : 'times'),
    identifiers
  }
}

const numberEntry = ({ term, identifiers, meaning, unit, section }: GlossaryRow): HelpEntry => ({
  id: `number/${identifiers[0]}`,
  name: identifiers[0],
  kind: 'number',
  title: titleOf(term),
  section,
  meaning,
  formula: '',
  unit,
  identifiers
})

/** A term that the page defines in two senses has two pages; the second is told apart by a number. */
function termEntries(rows: readonly GlossaryRow[]): HelpEntry[] {
  const seen = new Map<string, number>()
  return rows.map(({ term, identifiers, meaning, section }) => {
    const slug = slugOf(term)
    const count = (seen.get(slug) ?? 0) + 1
    seen.set(slug, count)
    const name = count === 1 ? slug : `${slug}-${count}`
    const title = count === 1 ? titleOf(term) : `${titleOf(term)} (${section.toLowerCase()})`
    return {
      id: `term/${name}`,
      name,
      kind: 'term',
      title,
      section,
      meaning,
      formula: '',
      unit: '',
      identifiers
    }
  })
}

const TERM_ROWS = GLOSSARY.filter(
  (row) => ![DERIVED_SECTION, OTHER_SECTION, 'Counters'].includes(row.section) && !isCounterRow(row)
)

export const ENTRIES: readonly HelpEntry[] = [
  ...termEntries(TERM_ROWS),
  ...GLOSSARY.filter(({ section }) => section === DERIVED_SECTION).map(derivedEntry),
  ...GLOSSARY.filter(({ section }) => section === OTHER_SECTION).map(numberEntry),
  ...COUNTER_ENTRIES
]

const BY_ID = new Map(ENTRIES.map((entry) => [entry.id, entry]))
export const entryOf = (id: string): HelpEntry | undefined => BY_ID.get(id)

/** Sections in the order of the page, with what stands in each. */
export function sectionsOf(kinds: readonly EntryKind[]): { title: string; entries: HelpEntry[] }[] {
  const sections = new Map<string, HelpEntry[]>()
  for (const entry of ENTRIES.filter(({ kind }) => kinds.includes(kind)))
    sections.set(entry.section, [...(sections.get(entry.section) ?? []), entry])
  return [...sections].map(([title, entries]) => ({ title, entries }))
}
