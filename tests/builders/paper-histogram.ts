/** Histograms as the paper's simulator leaves them: recorded ones, and vectors that are drawn. */
import { readFileSync } from 'node:fs'
import { PaperFileReader, type PaperFile } from '@shared/formulas/paper-file'
import {
  NATIVE_PLACES,
  PLACE_CYCLES,
  TWO_DIMENSIONAL_PLACES,
  isPlaceToken,
  type PlaceToken
} from '@shared/formulas/places'
import fc from 'fast-check'

export const GOLDEN = 'tests/fixtures/golden'

export function paperFile(text: string, name = 'some.txt'): PaperFile {
  const reader = new PaperFileReader()
  for (const line of text.split('\n')) reader.take(line)
  return reader.end(name)
}

export const golden = (name: string): PaperFile => paperFile(readFileSync(`${GOLDEN}/${name}`, 'utf8'), name)

/** `G1H1 .. G1H4 G1 .. G4 UDH1 .. UDH4`, or `G1 .. G4`: the names in the order of a vector. */
export const PLACE_NAMES = {
  native: [1, 2, 3, 4].map((level) => `G${level}`),
  twoDimensional: [
    ...[1, 2, 3, 4].flatMap((g) => [...[1, 2, 3, 4].map((h) => `G${g}H${h}`), `G${g}`]),
    ...[1, 2, 3, 4].map((h) => `UDH${h}`)
  ]
} as const

const token = fc.constantFrom(...Object.keys(PLACE_CYCLES).filter(isPlaceToken))
const vectorOf = (places: number): fc.Arbitrary<PlaceToken[]> =>
  fc.array(token, { minLength: places, maxLength: places })

export const nativeVector = vectorOf(NATIVE_PLACES)
export const twoDimensionalVector = vectorOf(TWO_DIMENSIONAL_PLACES)

export const rowText = (places: readonly string[], count: number | string): string =>
  `${places.join(',')},RANGE_HIT,\t${count}\n`
