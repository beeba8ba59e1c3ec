import type { FrameAllocator } from './frame-allocator'

/**
 * Frames in a block, 64 KiB. Small on purpose: a table area may be split down to 32 frames, so pins must lie
 * closer than that before contiguity is really gone. Blocks of 2 MiB, order 9, would not do: a pin in each leaves
 * runs of hundreds of frames everywhere, and the level could not tell memory without huge pages from memory without
 * areas. By order 9 a level is severe early: 1 - (1 - level)^32 of the 2 MiB blocks hold a pin, half of them at 0.02.
 */
const BLOCK_FRAMES = 16

/**
 * Pins one unmovable frame in a share of the 64 KiB blocks, as kernel allocations scattered over a machine
 * that has run for long do. Which blocks, and which frame in each, depends on the seed and the block alone:
 * the frames pinned at one level are among those pinned at any higher level. Level 0 pins nothing, level 1 a
 * frame in every whole block. Frames already in use are left alone. Returns what was pinned, ascending.
 *
 * The level is close to `unusableFreeSpace(4)`, the share of the free frames that no block of 64 KiB holds: it comes
 * to 15 * level / (16 - level), at most 0.017 less. Nobody moves a pinned frame: it serves no page.
 */
export function fragment(frames: FrameAllocator, level: number, seed: number): Int32Array {
  if (level === 0) return new Int32Array()
  const pinned: number[] = []
  const blocks = Math.floor(frames.frames / BLOCK_FRAMES)
  for (let block = 0; block < blocks; block++) {
    if (hash(seed, block) / 2 ** 32 >= level) continue
    const frame = block * BLOCK_FRAMES + (hash(~seed, block) % BLOCK_FRAMES)
    if (frames.allocateAt(frame, 1)) pinned.push(frame)
  }
  return Int32Array.from(pinned)
}

/** 32 well-mixed bits of two numbers (the finalizer of MurmurHash3, applied to each in turn). */
function hash(seed: number, n: number): number {
  return mix(mix(seed) ^ n) >>> 0
}

function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
