/** One search over everything Help has a page of. */
import { ENTRIES, type HelpEntry } from './entries'
import { holdsAll, wordsOf } from '@shared/format/words'
import type { DesignInfo, OfferedWorkload, TraceFormatInfo } from '@shared/model/catalogue'

export interface Found {
  /** `term/tea`, `number/walks`, `design/dmt`, `workload/gups`, `format/lackey`, `page/start`. */
  readonly id: string
  readonly title: string
  /** What kind of page it is. */
  readonly kind: string
  /** Where the words are looked for besides the title. */
  readonly text: string
}

const MOST_FOUND = 60
const KIND_WORDS = { term: 'term', counter: 'counter', ratio: 'ratio', number: 'number' } as const

const entryText = ({ meaning, formula, identifiers, section, unit }: HelpEntry): string =>
  [meaning, formula, ...identifiers, section, unit].join(' ')

const OF_ENTRIES: readonly Found[] = ENTRIES.map((entry) => ({
  id: entry.id,
  title: entry.title,
  kind: KIND_WORDS[entry.kind],
  text: entryText(entry)
}))

export interface HelpTopics {
  readonly designs: readonly DesignInfo[]
  readonly workloads: readonly OfferedWorkload[]
  readonly formats: readonly TraceFormatInfo[]
}

const designFound = ({ id, title, summary, paper, story }: DesignInfo): Found => ({
  id: `design/${id}`,
  title,
  kind: 'design',
  text: [id, summary, paper, story.how, story.otherwise].join(' ')
})
const workloadFound = ({ id, title, summary, story }: OfferedWorkload): Found => ({
  id: `workload/${id}`,
  title,
  kind: 'workload',
  text: [id, summary, ...story].join(' ')
})
const formatFound = ({ id, title, summary }: TraceFormatInfo): Found => ({
  id: `format/${id}`,
  title,
  kind: 'format',
  text: [id, summary].join(' ')
})

export const PAGES: readonly Found[] = [
  {
    id: 'page/start',
    title: 'Start here',
    kind: 'page',
    text: 'from page tables to DMT: why 24 references, what a TEA is, why DMT takes 3 and pvDMT 2, fallback, gain of a trace'
  },
  {
    id: 'page/recording',
    title: 'Recording traces',
    kind: 'page',
    text: 'record a trace of a program, valgrind, memory map'
  }
]

/** How well a page answers; 0 when a word is missing. A title that is the query comes first, then titles,
 * then texts, of which those that begin with the query are its definition. */
function score({ title, text, id }: Found, query: string, words: readonly string[]): number {
  if (!holdsAll(`${title} ${id} ${text}`, words)) return 0
  const name = title.toLowerCase()
  if (name === query) return 4
  if (name.startsWith(query)) return 3
  if (holdsAll(title, words)) return 2
  const said = text.toLowerCase()
  return said.startsWith(query) ? 1.8 : said.includes(query) ? 1.5 : 1
}

export function searchHelp({ designs, workloads, formats }: HelpTopics, query: string): Found[] {
  const wanted = query.trim().toLowerCase()
  const words = wordsOf(wanted)
  if (words.length === 0) return []
  return [
    ...PAGES,
    ...OF_ENTRIES,
    ...designs.map(designFound),
    ...workloads.map(workloadFound),
    ...formats.map(formatFound)
  ]
    .map((found) => ({ found, rank: score(found, wanted, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MOST_FOUND)
    .map(({ found }) => found)
}
