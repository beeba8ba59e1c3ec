/**
 * What the small teaching workloads share: they show their data references alone and fetch no instructions.
 */

/**
 * Instructions counted for each reference. Assumed: GUPS retires 2.84 for each data reference, pointer code 2.5
 * to 3.5.
 */
export const INSTRUCTIONS_PER_REFERENCE = 3

/** Every reference loads one word. */
export const WORD_BYTES = 8
