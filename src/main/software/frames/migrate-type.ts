/**
 * What a frame may be used for, by whether it can be moved or given up later: the free frames are kept apart by it,
 * so that what cannot move stays together (Linux include/linux/mmzone.h, enum migratetype).
 */
export const UNMOVABLE = 0
export const MOVABLE = 1
export const RECLAIMABLE = 2
/** A pageblock out of which a range is being cleared: its free frames are handed to nobody. */
export const ISOLATED = 3

/** What a request may be for. */
export type MigrateType = typeof UNMOVABLE | typeof MOVABLE | typeof RECLAIMABLE
export type PageblockType = MigrateType | typeof ISOLATED
export const PAGEBLOCK_TYPES = [UNMOVABLE, MOVABLE, RECLAIMABLE, ISOLATED] as const

/** Where a request looks when its own type has nothing left, in this order (Linux mm/page_alloc.c, fallbacks). */
export const FALLBACKS = [
  [RECLAIMABLE, MOVABLE],
  [RECLAIMABLE, UNMOVABLE],
  [UNMOVABLE, MOVABLE]
] as const satisfies readonly (readonly MigrateType[])[]

/** A type belongs to a whole pageblock of 2^9 frames, 2 MiB. */
export const PAGEBLOCK_ORDER = 9
export const PAGEBLOCK_FRAMES = 2 ** PAGEBLOCK_ORDER
