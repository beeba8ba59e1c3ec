/** Tables and paragraphs for a terminal: columns as wide as their widest cell. */

export type Align = 'left' | 'right'

/** Characters a terminal could take as commands have no place in a table. */
const plain = (text: string): string => text.replace(/\p{Cc}/gu, ' ')

/** The first row is the head. Rows may be shorter than the head. */
export function textTable(rows: readonly (readonly string[])[], align: readonly Align[]): string {
  const cells = rows.map((row) => align.map((_, column) => plain(row[column] ?? '')))
  const widths = align.map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        align[column] === 'right' ? cell.padStart(widths[column]) : cell.padEnd(widths[column])
      )
      .join('  ')
      .trimEnd()
  return cells.map((row) => line(row) + '\n').join('')
}

const COLUMNS = 110
const INDENT = '  '

/** Text broken between words, lines after the first set in. */
export function paragraph(text: string): string {
  const lines: string[] = []
  for (const word of plain(text).split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= COLUMNS)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push((lines.length > 0 ? INDENT : '') + word)
  }
  return lines.map((line) => line + '\n').join('')
}
