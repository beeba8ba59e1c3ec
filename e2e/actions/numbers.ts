/** Numbers as the window writes them, read back. */
import type { Locator } from '@playwright/test'
import type { Chart } from '../components/chart'

/** `12,345`, `2.00`, `1.58×`, `45.4 %`; NaN where nothing was measured. */
export const numberIn = (text: string): number => Number.parseFloat(text.replaceAll(',', ''))

export async function numberOf(locator: Locator): Promise<number> {
  return numberIn(await locator.innerText())
}

/** The cells of a chart's table, row by row, as numbers; the first is the reference. */
export async function numbersOf(chart: Chart): Promise<number[][]> {
  const columns = await chart.table.getByRole('columnheader').count()
  const numbers = (await chart.rows.getByRole('cell').allTextContents()).map(numberIn)
  return Array.from({ length: numbers.length / columns }, (_, row) =>
    numbers.slice(row * columns, (row + 1) * columns)
  )
}
