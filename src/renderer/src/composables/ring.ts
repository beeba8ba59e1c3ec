/** Places that lie in a ring, as the keyboard goes through them. */

/** The next of `count`, by -1 the one before. From none (-1) it is the first, and backwards the last. */
export const nextInRing = (at: number, by: 1 | -1, count: number): number =>
  ((at < 0 && by < 0 ? 0 : at) + by + count) % count
