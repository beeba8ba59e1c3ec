/** Sizes are binary (KiB, MiB, GiB, TiB), counts decimal (k, M, G). The two never mix. */

const SIZE_UNITS: Record<string, number> = {
  '': 1,
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40
}
const COUNT_UNITS: Record<string, number> = { '': 1, k: 1e3, M: 1e6, G: 1e9 }

function parse(text: string, units: Record<string, number>): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text.trim())
  const unit = match ? units[match[2]] : undefined
  if (!match || unit === undefined) return undefined
  const value = Number(match[1]) * unit
  return Number.isSafeInteger(value) ? value : undefined
}

/** `4GiB` -> 4294967296 bytes; undefined when the text is no whole number of bytes. */
export const parseSize = (text: string): number | undefined => parse(text, SIZE_UNITS)
/** `2M` -> 2000000; undefined when the text is no whole count. */
export const parseCount = (text: string): number | undefined => parse(text, COUNT_UNITS)

/** Largest binary unit that leaves a short number: 4294967296 -> `4GiB`. The inverse of parseSize. */
export function sizeText(bytes: number): string {
  for (const unit of ['TiB', 'GiB', 'MiB', 'KiB']) {
    if (bytes >= SIZE_UNITS[unit] && bytes % SIZE_UNITS[unit] === 0) return bytes / SIZE_UNITS[unit] + unit
  }
  return bytes + 'B'
}
