/** Page-table dumps for tests of the artifact profile: trees that hold together, and rows that do not. */
import fc from 'fast-check'
import type { DumpRow } from './naive-artifact-walk'

/** The n-th frame handed out. */
export type Frames = (n: number) => bigint

/** Frames in a row, as far apart as the sets of the TLBs and caches repeat, or all over a space. */
export const someFrames: fc.Arbitrary<Frames> = fc
  .record({
    base: fc.constantFrom(0x100000, 0x10000, 1, 0x7ffff, 2 ** 27 - 8),
    stride: fc.constantFrom(1, 16, 512, 513, 'scattered' as const),
    seed: fc.nat(999)
  })
  .map(({ base, stride, seed }) => (n: number): bigint => {
    const distance = stride === 'scattered' ? ((n + seed) * 2_654_435_761) % 2 ** 24 : n * stride
    return BigInt(base + distance)
  })

/** What is done to the low bits of the columns. */
export type Columns = 'addresses' | 'frameNumbers' | 'unaligned'

const asColumn = (columns: Columns, frame: bigint): bigint => {
  if (columns === 'frameNumbers') return frame
  return columns === 'addresses' ? frame << 12n : (frame << 12n) + ((frame * 1_237n) % 4096n)
}

/** Hands out a frame for each new name. */
export class FrameBook {
  private readonly frames = new Map<string, bigint>()

  constructor(private readonly handOut: Frames) {}

  of(name: string): bigint {
    const frame = this.frames.get(name) ?? this.handOut(this.frames.size)
    this.frames.set(name, frame)
    return frame
  }
}

/** The row of a page in one tree; `isTree` false gives each level's table by chance instead. */
export function rowOf(page: bigint, book: FrameBook, columns: Columns, isTree: boolean): DumpRow {
  const table = (level: bigint): bigint => {
    const prefix = isTree ? page >> (9n * (5n - level)) : (page * 7n + level) % 5n
    return asColumn(columns, book.of(isTree ? `table ${level} ${prefix}` : `any ${prefix}`))
  }
  return {
    page: page << 12n,
    tables: [table(1n), table(2n), table(3n), table(4n)],
    base: asColumn(columns, book.of(`page ${page}`))
  }
}

/** The guest-physical pages that walks of these rows ask the host about. */
export function guestPages(rows: readonly DumpRow[], columns: Columns): { tables: bigint[]; data: bigint[] } {
  const pageOf = (value: bigint): bigint => (columns === 'frameNumbers' ? value : value >> 12n)
  return {
    tables: [...new Set(rows.flatMap((row) => row.tables.map(pageOf)))],
    data: [...new Set(rows.map((row) => pageOf(row.base)))]
  }
}

export const dumpText = (rows: readonly DumpRow[]): string =>
  [rows.length, ...rows.map(lineOf), ''].join('\n')

const lineOf = ({ page, tables, base }: DumpRow): string =>
  [page, ...tables, base].map((value) => value.toString(16)).join(',')
