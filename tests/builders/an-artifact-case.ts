/** Small random cases for the artifact profile, made so that sets of TLBs and caches run over in short traces. */
import fc from 'fast-check'
import { FrameBook, guestPages, rowOf, someFrames, type Columns, type Frames } from './an-artifact-dump'
import { someRecords } from './an-artifact-trace'
import type { ArtifactCase } from './naive-artifact-replay'
import type { DumpRow } from './naive-artifact-walk'

/** Page numbers: low ones, usual ones, the last of 56 bits; borders of what one walk cache entry covers. */
const somePages = fc
  .record({
    base: fc.constantFrom(
      0,
      0x400,
      0xfff,
      0x7f0000000,
      0x7f00001f0,
      0x1fffff,
      2 ** 30 - 2,
      2 ** 44 - 2 ** 24
    ),
    stride: fc.constantFrom(1, 1, 16, 128, 128, 512, 4096, 2 ** 18, 2 ** 30),
    count: fc.oneof(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 9, max: 20 }),
      fc.integer({ min: 17, max: 36 })
    )
  })
  .map(({ base, stride, count }) =>
    Array.from({ length: count }, (_, n) => BigInt((base + n * stride) % 2 ** 44))
  )

const aFew = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.subarray([...items], { maxLength: Math.min(2, items.length) })

const scene = fc.record({
  pages: fc.array(somePages, { minLength: 1, maxLength: 2 }).map((groups) => [...new Set(groups.flat())]),
  guestFrames: someFrames,
  hostFrames: someFrames,
  isVirtualized: fc.boolean(),
  columns: fc.constantFrom<Columns>('addresses', 'addresses', 'frameNumbers', 'unaligned'),
  isTree: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  /** Frame numbers that nobody says are frame numbers. */
  isUnflagged: fc.oneof(
    { weight: 2, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) }
  ),
  records: someRecords,
  warmup: fc.oneof(fc.constantFrom(0, 0, 0, 1, 2, 3), fc.nat(60), fc.constantFrom('all', 'twice', 'more'))
})
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never

/** What is left out, said twice, or in another order. */
interface Mischief {
  readonly unmapped: readonly bigint[]
  readonly unmappedInHost: readonly bigint[]
  readonly twice: readonly bigint[]
  readonly order: number
}

const mischief = (s: Scene): fc.Arbitrary<Mischief> => {
  const { tables, data } = guestPages(guestOf(s, s.pages), columnsAsRead(s))
  const missing = fc.oneof(
    { weight: 4, arbitrary: fc.constant<bigint[]>([]) },
    { weight: 4, arbitrary: aFew(data.filter((page) => !tables.includes(page))) },
    { weight: 1, arbitrary: aFew(tables) }
  )
  return fc.record({
    unmapped: aFew(s.pages),
    unmappedInHost: missing,
    twice: aFew(s.pages),
    order: fc.nat(2)
  })
}

export const anArtifactCase: fc.Arbitrary<ArtifactCase> = scene.chain((s) =>
  mischief(s).map((m) => caseOf(s, m))
)

function caseOf(s: Scene, m: Mischief): ArtifactCase {
  const mapped = s.pages.filter((page) => !m.unmapped.includes(page))
  const again = guestOf(s, m.twice, (n) => s.guestFrames(n + 1000))
  const guest = inOrder([...guestOf(s, mapped), ...again], m.order)
  const records = s.records(s.pages)
  return {
    records,
    guest,
    host: s.isVirtualized ? hostOf(s, m, guest) : null,
    warmup: warmupOf(s, records.length),
    frameNumbers: s.columns === 'frameNumbers' && !s.isUnflagged
  }
}

const guestOf = (s: Scene, pages: readonly bigint[], frames: Frames = s.guestFrames): DumpRow[] => {
  const book = new FrameBook(frames)
  return pages.map((page) => rowOf(page, book, s.columns, s.isTree))
}

function hostOf(s: Scene, m: Mischief, guest: readonly DumpRow[]): DumpRow[] {
  const book = new FrameBook(s.hostFrames)
  const { tables, data } = guestPages(guest, columnsAsRead(s))
  const pages = [...new Set([...tables, ...data])].filter((page) => !m.unmappedInHost.includes(page))
  const rows = pages.map((page) => rowOf(page, book, s.columns, s.isTree))
  const isFlagged = s.columns === 'frameNumbers' && !s.isUnflagged
  return isFlagged ? rows.map((row) => ({ ...row, page: row.page >> 12n })) : rows
}

/** Unflagged frame numbers are addresses to the reader, and to the host's dump. */
const columnsAsRead = (s: Scene): Columns => (s.isUnflagged ? 'addresses' : s.columns)

function inOrder(rows: readonly DumpRow[], order: number): DumpRow[] {
  if (order === 0) return [...rows]
  return order === 1 ? [...rows].reverse() : [...rows.slice(3), ...rows.slice(0, 3)]
}

function warmupOf({ warmup }: Scene, records: number): number {
  if (typeof warmup === 'number') return warmup
  if (warmup === 'all') return records
  return warmup === 'twice' ? 2 * records : 2 * records + 1
}
