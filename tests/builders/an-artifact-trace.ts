/** Records for tests of the artifact profile: bursts, runs, sweeps, and what lies across lines and pages. */
import fc from 'fast-check'
import type { ArtifactRecord } from './naive-artifact-replay'

const kind = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constant(1) },
  { weight: 3, arbitrary: fc.constant(2) },
  { weight: 2, arbitrary: fc.constant(3) }
)
const size = fc.oneof(fc.constantFrom(8, 8, 8, 4, 1, 0, 0, 63), fc.nat(63))
const offset = fc.oneof(
  fc.constantFrom(0, 64, 128, 4032, 4088, 4095, 56, 60, 63),
  fc.nat(4095),
  fc.nat(63).map((back) => 4095 - back)
)

const oneOf = <T>(items: readonly T[], n: number): T => items[n % items.length]
const at = (page: bigint, bytes: number): bigint => (page << 12n) + BigInt(bytes)
const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n))

/** Some records over these page numbers, given when it is drawn. */
type Piece = (pages: readonly bigint[]) => ArtifactRecord[]

const aBurst: fc.Arbitrary<Piece> = fc
  .record({ kind, size, offset, which: fc.nat(999), count: fc.integer({ min: 1, max: 4 }) })
  .map(({ which, offset, count, ...rest }) => (pages) => {
    return times(count, () => ({ ...rest, address: at(oneOf(pages, which), offset) }))
  })

const aRun: fc.Arbitrary<Piece> = fc
  .record({
    kind,
    size,
    offset,
    which: fc.nat(999),
    step: fc.constantFrom(8, 64, -64, 1024, 4096),
    count: fc.integer({ min: 2, max: 24 })
  })
  .map(({ which, offset, step, count, ...rest }) => (pages) => {
    const from = at(oneOf(pages, which), offset)
    return times(count, (n) => ({ ...rest, address: BigInt.asUintN(56, from + BigInt(n * step)) }))
  })

/** Every page in turn, at one offset: what fills sets. */
const aSweep: fc.Arbitrary<Piece> = fc
  .record({ kind, size, offset, rounds: fc.integer({ min: 1, max: 2 }), isBackward: fc.boolean() })
  .map(({ offset, rounds, isBackward, ...rest }) => (pages) => {
    const order = isBackward ? [...pages].reverse() : pages
    return times(rounds, () => order.map((page) => ({ ...rest, address: at(page, offset) }))).flat()
  })

/** Between two pages, back and forth: what a table page walked for the other does to the last line. */
const aPair: fc.Arbitrary<Piece> = fc
  .record({
    kind,
    size,
    offset,
    which: fc.nat(999),
    other: fc.nat(999),
    count: fc.integer({ min: 2, max: 6 })
  })
  .map(({ which, other, offset, count, ...rest }) => (pages) => {
    return times(count, (n) => ({ ...rest, address: at(oneOf(pages, n % 2 ? which : other), offset) }))
  })

const somePieces = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: aBurst },
    { weight: 2, arbitrary: aRun },
    { weight: 2, arbitrary: aSweep },
    { weight: 2, arbitrary: aPair }
  ),
  { minLength: 1, maxLength: 9, size: 'max' }
)

export const someRecords: fc.Arbitrary<Piece> = somePieces.map((pieces) => (pages) => {
  return pieces.flatMap((piece) => piece(pages))
})

/** As trace.bin holds them. */
export function traceBytes(records: readonly ArtifactRecord[]): Uint8Array {
  const bytes = Buffer.alloc(records.length * 8)
  records.forEach(({ kind, size, address }, i) => {
    bytes.writeBigUInt64LE((BigInt(kind) << 62n) | (BigInt(size) << 56n) | address, i * 8)
  })
  return bytes
}
