/** docs/glossary.md as data: the page is the one place where a term is defined, so Help reads it and copies nothing. */

export interface GlossaryRow {
  /** The heading above its table. */
  readonly section: string
  /** `page-walk cache`, without marks. */
  readonly term: string
  /** Names in source and result files, as the page writes them, without marks. */
  readonly identifiers: readonly string[]
  /** In words, or as a formula. */
  readonly meaning: string
  /** Empty where the table has no such column. */
  readonly unit: string
}

const plain = (cell: string): string => cell.replaceAll('`', '').trim()
const cellsOf = (line: string): string[] => line.split('|').slice(1, -1)
const isRow = (line: string): boolean => line.startsWith('| ') && !/^\|[\s|:-]+$/.test(line)

function rowOf(section: string, line: string): GlossaryRow {
  const [term = '', identifier = '', meaning = '', unit = ''] = cellsOf(line)
  const identifiers = Array.from(identifier.matchAll(/`([^`]+)`/g), ([, name]) => name)
  return { section, term: plain(term), identifiers, meaning: plain(meaning), unit: plain(unit) }
}

/** Rows of all tables in the order of the page, without their heads. */
export function readGlossary(text: string): GlossaryRow[] {
  const rows: GlossaryRow[] = []
  let section = ''
  let isHead = true
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3).trim()
    if (!line.startsWith('|')) isHead = true
    else if (isRow(line)) {
      if (!isHead) rows.push(rowOf(section, line))
      isHead = false
    }
  }
  return rows
}

/** `Page-walk cache` as it stands in addresses of Help: `page-walk-cache`. */
export const slugOf = (term: string): string =>
  term
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
