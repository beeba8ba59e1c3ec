/** Tables for a terminal: columns as wide as their widest cell. */

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
