/** The materials of the Hoogenboom-Martin reactor as XSBench has them (Materials.c). */

const WATER = [24, 41, 4, 5]
const CLADDING = [63, 64, 65, 66, 67]
const REFLECTOR = [...WATER, 19, 20, 21, 22, 35, 36, 37, 38, 39, 25, 49, 50, 51, 11, 12, 13, 14]
const VESSEL = [
  ...[19, 20, 21, 22, 35, 36, 37, 38, 39, 25, 27, 28, 29, 30, 31, 32, 26, 49, 50, 51, 11, 12, 13, 14],
  ...[6, 16, 17]
]
const SMALL_FUEL = [
  ...[58, 59, 60, 61, 40, 42, 43, 44, 45, 46, 1, 2, 3, 7, 8, 9, 10, 29, 57, 47, 48, 0, 62, 15, 33, 34, 52],
  ...[53, 54, 55, 56, 18, 23, 41]
]
/** Nuclides of the small reactor; those beyond are in the fuel alone. */
const SMALL_NUCLIDES = 68

const fuel = (nuclides: number): number[] => [
  ...SMALL_FUEL,
  ...Array.from({ length: Math.max(0, nuclides - SMALL_NUCLIDES) }, (_, i) => SMALL_NUCLIDES + i)
]

/** Nuclides of each material; with fewer than the small reactor's 68 their numbers are taken modulo `nuclides`. */
export const materialsOf = (nuclides: number): readonly (readonly number[])[] =>
  [
    fuel(nuclides),
    CLADDING,
    WATER,
    WATER,
    VESSEL,
    ...Array.from({ length: 5 }, () => REFLECTOR),
    [...WATER, ...CLADDING],
    [...WATER, ...CLADDING]
  ].map((material) => [...new Set(material.map((nuclide) => nuclide % nuclides))])

/** Shares of the reactor's volume. */
const VOLUMES = [0.14, 0.052, 0.275, 0.134, 0.154, 0.064, 0.066, 0.055, 0.008, 0.015, 0.025, 0.013]

/**
 * The material that `roll`, in [0, 1), stands for. XSBench adds the shares up without the first one, so fuel is
 * what is left over from all the others: 0.139.
 */
export function materialFor(roll: number): number {
  let below = 0
  for (let material = 1; material < VOLUMES.length; material++) {
    below += VOLUMES[material]
    if (roll < below) return material
  }
  return 0
}
