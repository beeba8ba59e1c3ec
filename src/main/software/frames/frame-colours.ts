/**
 * Page colouring: the frames of a physical space by the place that they have in the caches. A page whose frame has its
 * own colour lies in the caches where its address would lie, as it does for a simulator that knows addresses of the
 * program only.
 */
import { LINES_PER_FRAME } from '@shared/address/address'
import type { CacheGeometry, HardwareParameters } from '@shared/model/hardware-profile'
import type { FrameAllocator } from './frame-allocator'
import { MOVABLE } from './migrate-type'

const LINE_BYTES = 64

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
const lcm = (a: number, b: number): number => (a / gcd(a, b)) * b

/** After how many frames the sets of a cache begin again. */
function coloursOf({ bytes, ways }: CacheGeometry): number {
  const sets = bytes / (LINE_BYTES * ways)
  return sets === 0 ? 1 : sets / gcd(sets, LINES_PER_FRAME)
}

/** Colours of all caches together: frames of one colour lie in the same sets of each. */
export const cacheColours = ({ l1i, l1d, l2, llc }: HardwareParameters['cache']): number =>
  [l1i, l1d, l2, llc].map(coloursOf).reduce(lcm)

export class FrameColours {
  /** Of each colour asked for, the frame where the search goes on; what is given back is met on the next round. */
  private readonly next = new Map<number, number>()

  constructor(
    private readonly frames: FrameAllocator,
    private readonly colours: number
  ) {}

  /** Takes a free frame of the page's colour, or returns -1 when there is none among what is kept for pages. */
  take(page: number): number {
    const { frames, colours } = this
    const colour = page % colours
    const start = this.next.get(colour) ?? colour
    const rounds = Math.ceil(frames.frames / colours)
    let f = start
    for (let tries = 0; tries < rounds; tries++) {
      if (f >= frames.frames) f = colour
      if (frames.isFree(f) && frames.typeOf(f) === MOVABLE && frames.allocateAt(f, 1)) {
        this.next.set(colour, f + colours)
        return f
      }
      f += colours
    }
    return -1
  }
}
