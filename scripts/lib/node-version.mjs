/** @param {string} version */
const numbersOf = (version) => version.split('.').map(Number)

/**
 * True when `version` ("20.19.0") is `minimum` or newer.
 * @param {string} version
 * @param {string} minimum
 */
export function isAtLeast(version, minimum) {
  const have = numbersOf(version)
  const want = numbersOf(minimum)
  const place = want.findIndex((part, at) => part !== have[at])
  return place === -1 || have[place] > want[place]
}
