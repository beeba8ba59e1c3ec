/**
 * Taking from the lists of another type when a request's own are empty (Linux mm/page_alloc.c, __rmqueue_fallback
 * and steal_suitable_fallback): the largest block first, and with it the whole pageblock where most of that is free
 * or of the right kind, so that requests of one type seldom end up in pageblocks of another.
 */
import { MAX_ORDER } from './free-blocks'
import type { FreeLists } from './free-lists'
import type { FrameMover } from './frame-mover'
import { FALLBACKS, MOVABLE, PAGEBLOCK_FRAMES, PAGEBLOCK_ORDER, type MigrateType } from './migrate-type'

/** A free block, and the type on whose list it is. */
export interface FoundBlock {
  readonly base: number
  readonly order: number
  readonly type: MigrateType
}

/** The block that serves a request of a type without one of its own, after a takeover maybe; null when none does. */
export function stealFor(
  lists: FreeLists,
  order: number,
  type: MigrateType,
  mover: FrameMover | null
): FoundBlock | null {
  const largest = findFrom(lists, order, type, MAX_ORDER, -1)
  if (largest === null) return null
  // A movable request does no lasting harm elsewhere: better to use up what is small already.
  if (!mayTakeOver(largest.order, type)) return findFrom(lists, order, type, order, 1)
  if (!takesOver(lists, largest, type, mover)) return largest
  const start = largest.base - (largest.base % PAGEBLOCK_FRAMES)
  lists.retype(start, new Array<MigrateType>(pageblocksOf(largest.order)).fill(type))
  return smallest(lists, order, type)
}

/** The lowest of the smallest free blocks of the type that hold a block of `order`, or null. */
export function smallest(lists: FreeLists, order: number, type: MigrateType): FoundBlock | null {
  const list = lists.ofType(type)
  while (order <= MAX_ORDER && list.count(order) === 0) order++
  return order > MAX_ORDER ? null : { base: list.lowest(order), order, type }
}

const pageblocksOf = (order: number): number => 2 ** Math.max(0, order - PAGEBLOCK_ORDER)

/** The first order from `from` on, up or down, at which another type has a free block. */
function findFrom(
  lists: FreeLists,
  min: number,
  type: MigrateType,
  from: number,
  step: 1 | -1
): FoundBlock | null {
  for (let order = from; order >= min && order <= MAX_ORDER; order += step) {
    const other = FALLBACKS[type].find((t) => lists.ofType(t).count(order) > 0)
    if (other !== undefined) return { base: lists.ofType(other).lowest(order), order, type: other }
  }
  return null
}

/** Movable requests may change pageblocks for large blocks only; the others may always try. */
const mayTakeOver = (order: number, type: MigrateType): boolean =>
  type !== MOVABLE || order >= PAGEBLOCK_ORDER >>> 1

/** At least half of the pageblock is free, or holds what goes with the request. */
function takesOver(
  lists: FreeLists,
  found: FoundBlock,
  type: MigrateType,
  mover: FrameMover | null
): boolean {
  if (found.order >= PAGEBLOCK_ORDER) return true
  const start = found.base - (found.base % PAGEBLOCK_FRAMES)
  const end = Math.min(start + PAGEBLOCK_FRAMES, lists.frames)
  const used = lists.usedIn(start, end)
  const free = end - start - used
  return free + alike(lists, start, end, used, found.type, type, mover) >= PAGEBLOCK_FRAMES / 2
}

/** Frames in use that are of the request's kind, as far as that can be told. */
function alike(
  lists: FreeLists,
  start: number,
  end: number,
  used: number,
  from: MigrateType,
  type: MigrateType,
  mover: FrameMover | null
): number {
  // Of two kinds that do not move, what is in use does not say which it is.
  if (type !== MOVABLE && from !== MOVABLE) return 0
  let movable = 0
  for (let f = start; f < end && mover !== null; f++)
    if (lists.orderAround(f) < 0 && mover.isMovable(f)) movable++
  return type === MOVABLE ? movable : used - movable
}
