/**
 * The machine's memory, as far as its contents matter: page-table frames hold real entries, data frames hold
 * nothing. It is where hardware and system software meet.
 *
 * Frames with contents share one flat array of words (two per entry), because a read from it costs half of
 * one from a Map or from chunks. `slotOf` says where a frame lies; slot 0 is a page of zeros that every frame
 * without contents reads from. What a small machine needs is made at once. The first frame beyond it has the array
 * made as large as the tables may become: what no frame uses yet is not resident, and no more is copied on the way.
 */
import { ENTRIES_PER_TABLE, type MachineFrame } from '@shared/address/address'

const WORDS_PER_FRAME = ENTRIES_PER_TABLE * 2
const SMALLEST_CAPACITY = 1024
/** Frames of the first array, 1 MiB: copied in no time, and made anew for every machine. */
const FIRST_CAPACITY = 256
/** Word positions must stay int32. */
export const MOST_TABLE_FRAMES = 2 ** 31 / WORDS_PER_FRAME - 1

export class PhysicalMemory {
  private words: Int32Array
  private readonly slotOf: Int32Array
  private readonly freeSlots: number[] = []
  private nextSlot = 1

  /**
   * @param frames frames of the machine; the map of slots is resident only where it is used
   * @param expected frames that may come to hold contents; more are possible, and cost a copy of all
   */
  constructor(
    readonly frames: number,
    private readonly expected = SMALLEST_CAPACITY
  ) {
    this.slotOf = new Int32Array(frames)
    this.words = new Int32Array((FIRST_CAPACITY + 1) * WORDS_PER_FRAME)
  }

  /** Position of an entry's low word for `word`; its high word is the next. Good until memory is written. */
  positionOf(frame: number, index: number): number {
    return (this.slotOf[frame] << 10) | (index << 1)
  }

  word(position: number): number {
    return this.words[position]
  }

  low(frame: number, index: number): number {
    return this.words[this.positionOf(frame, index)]
  }

  high(frame: number, index: number): number {
    return this.words[this.positionOf(frame, index) | 1]
  }

  write(frame: MachineFrame, index: number, low: number, high: number): void {
    let slot = this.slotOf[frame]
    // Also where the frame is outside the machine and has no slot: the page of zeros must stay one.
    if (!(slot > 0)) slot = this.materialize(frame)
    const at = (slot << 10) | (index << 1)
    this.words[at] = low
    this.words[at | 1] = high
  }

  /** Sets bits of an entry's low word, as the walker's locked update of A and D does. */
  setLowBits(frame: number, index: number, bits: number): void {
    if (!this.hasContents(frame)) throw new Error(`PhysicalMemory.setLowBits: frame ${frame} has no entries`)
    this.words[this.positionOf(frame, index)] |= bits
  }

  /** Copies a whole frame; a source without contents leaves zeros. */
  copyFrame(from: MachineFrame, to: MachineFrame): void {
    if (from === to) return
    this.clear(to)
    const source = this.slotOf[from]
    if (source === 0) return
    const target = this.materialize(to)
    this.words.copyWithin(target << 10, source << 10, (source + 1) << 10)
  }

  /** The frame reads as zeros from now on and takes no space. */
  clear(frame: MachineFrame): void {
    const slot = this.slotOf[frame]
    if (slot === 0) return
    this.words.fill(0, slot << 10, (slot + 1) << 10)
    this.slotOf[frame] = 0
    this.freeSlots.push(slot)
  }

  hasContents(frame: number): boolean {
    return this.slotOf[frame] !== 0
  }

  /** Frames that hold contents now. */
  get framesInUse(): number {
    return this.nextSlot - 1 - this.freeSlots.length
  }

  private materialize(frame: number): number {
    if (!(frame >= 0 && frame < this.frames))
      throw new Error(`PhysicalMemory: frame ${frame} is outside the machine`)
    const slot = this.freeSlots.pop() ?? this.nextSlot++
    if (slot * WORDS_PER_FRAME >= this.words.length) this.grow()
    this.slotOf[frame] = slot
    return slot
  }

  private grow(): void {
    const slots = Math.min((this.words.length / WORDS_PER_FRAME) * 2, MOST_TABLE_FRAMES + 1)
    if (this.nextSlot > slots) throw new Error('PhysicalMemory: more table frames than the lab can hold')
    const larger = reserve(this.expected, slots)
    larger.set(this.words)
    this.words = larger
  }
}

/** Room for the frames expected and the page of zeros, or for `slots` where that is more or all a system promises. */
function reserve(expected: number, slots: number): Int32Array {
  const wanted = Math.min(Math.max(expected, SMALLEST_CAPACITY), MOST_TABLE_FRAMES) + 1
  try {
    return new Int32Array(Math.max(wanted, slots) * WORDS_PER_FRAME)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return new Int32Array(slots * WORDS_PER_FRAME)
  }
}
