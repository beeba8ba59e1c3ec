/**
 * Flattened page tables (Park et al., ASPLOS 2022): two levels of a radix table become one node of 2 MiB, 512 x 512
 * entries, indexed by the 18 bits of both. Which levels may be folded, and how an entry says that it names a node.
 *
 * A node is 512 frames side by side, and each of them is what a table page of the lower level would be.
 */

export const FOLDINGS = ['43-21', '32', 'none'] as const
export type Folding = (typeof FOLDINGS)[number]

/** log2 of the frames of a node. */
const NODE_ORDER = 9
export const NODE_FRAMES = 2 ** NODE_ORDER

/**
 * Bit 58 of an entry, one that x86 leaves to software, here in its high word: it names a node, not a table page
 * (xlab-uiuc/emt, arch/x86/include/asm/fpt_defs.h; of the root the register says so).
 */
export const NODE_HIGH = 1 << 26

/** The upper of the two levels of each node. */
const UPPER_LEVELS: Record<Folding, readonly number[]> = { '43-21': [4, 2], '32': [3], none: [] }

/** Whether a node may begin at this level. */
export const beginsNode = (folding: Folding, level: number): boolean => UPPER_LEVELS[folding].includes(level)
