/** Page-table dumps read a line at a time with regular expressions and BigInts: what the parser must agree with. */
import type { DumpRow } from './naive-artifact-walk'

const COUNT = /^(\d+)[ \t]*\r?$/
const ROW = /^([0-9a-f]+),([0-9a-f]+),([0-9a-f]+),([0-9a-f]+),([0-9a-f]+),([0-9a-f]+)[ \t]*\r?$/i
const LONGEST = 4096
const LIMIT = 2n ** 43n

export type NaiveDump =
  | { readonly rows: readonly DumpRow[] }
  /** Line that is wrong, from 1. */
  | { readonly line: number }
  | { readonly endsAfter: number }

export function naiveDump(bytes: Uint8Array, unit: 1n | 4096n, isHost: boolean): NaiveDump {
  const [first, ...lines] = Buffer.from(bytes).toString('latin1').replace(/\n$/, '').split('\n')
  const count = first.length > LONGEST ? NaN : Number(COUNT.exec(first)?.[1] ?? NaN)
  if (!(count <= 2 ** 26)) return { line: 1 }
  const promised = bytes.length > first.length + 1 ? lines.slice(0, count) : []
  const rows = promised.map((line) => rowOf(line, unit, isHost))
  const bad = rows.indexOf(null)
  if (bad >= 0) return { line: bad + 2 }
  if (rows.length < count) return { endsAfter: rows.length }
  return { rows: rows.filter((row) => row !== null) }
}

function rowOf(line: string, unit: bigint, isHost: boolean): DumpRow | null {
  const found = line.length > LONGEST ? null : ROW.exec(line)
  if (!found) return null
  const [page, root, second, third, leaf, base] = found.slice(1).map((hex) => BigInt(`0x${hex}`))
  const row: DumpRow = {
    page: isHost ? page * unit : page,
    tables: [root * unit, second * unit, third * unit, leaf * unit],
    base: base * unit
  }
  if (page >= 2n ** 64n) return null
  const bounded = [...row.tables, row.base, ...(isHost && unit > 1n ? [row.page] : [])]
  return bounded.every((address) => address < LIMIT) ? row : null
}
