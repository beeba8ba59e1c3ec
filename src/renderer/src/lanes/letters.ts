/** Lanes are known by letters: A, the baseline, then the others in their order. */

/** Charts and headers have room for this many; the command line takes any number. */
export const MOST_LANES = 4

export const letterOf = (lane: number): string => String.fromCharCode('A'.charCodeAt(0) + lane)

/** `lane A` */
export const laneName = (lane: number): string => `lane ${letterOf(lane)}`
