/**
 * How a layer's software reaches entries in its own frames: at L0 directly, in a guest through the mappings
 * of the layers below, which back a frame when it is first touched, as hardware would make them.
 */
import { asMachineFrame, asPage, type Frame, type MachineFrame } from '@shared/address/address'
import type { PhysicalMemory } from '../../hardware/memory/physical-memory'

/** The layer below: finds, or makes, the machine frame behind a page of the guest's physical space. */
export interface Backing {
  machineFrameOf(page: number): MachineFrame
}

const MEMO = 1024

export class EntryMemory {
  private readonly memoFrame = new Int32Array(MEMO).fill(-1)
  private readonly memoMachine = new Int32Array(MEMO)

  constructor(
    readonly memory: PhysicalMemory,
    private readonly below: Backing | null
  ) {}

  machineFrameOf(frame: Frame): MachineFrame {
    if (this.below === null) return asMachineFrame(frame)
    const slot = frame & (MEMO - 1)
    if (this.memoFrame[slot] !== frame) {
      this.memoMachine[slot] = this.below.machineFrameOf(asPage(frame))
      this.memoFrame[slot] = frame
    }
    return this.memoMachine[slot] as MachineFrame
  }

  low(frame: Frame, index: number): number {
    return this.memory.low(this.machineFrameOf(frame), index)
  }

  high(frame: Frame, index: number): number {
    return this.memory.high(this.machineFrameOf(frame), index)
  }

  write(frame: Frame, index: number, low: number, high: number): void {
    this.memory.write(this.machineFrameOf(frame), index, low, high)
  }

  copyFrame(from: Frame, to: Frame): void {
    // Backing one of them may move what backs the other, so both are backed before either is looked up.
    this.machineFrameOf(from)
    this.machineFrameOf(to)
    this.memory.copyFrame(this.machineFrameOf(from), this.machineFrameOf(to))
  }

  clear(frame: Frame): void {
    this.memory.clear(this.machineFrameOf(frame))
  }

  /** A layer below has moved frames: ask again. */
  forget(): void {
    this.memoFrame.fill(-1)
  }
}
