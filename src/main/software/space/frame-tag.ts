/** Stands for the one tag in 2^32 that would come to 0. */
const NEVER_ZERO = -(2 ** 31)

/**
 * The tag of a frame that serves a page: low 32 bits of the page plus 1, so that 0 says "no page", mixed with the salt
 * of the family of processes whose page it is. An int32.
 */
export const tagOf = (page: number, salt: number): number => (((page | 0) + 1) | 0) ^ salt || NEVER_ZERO
