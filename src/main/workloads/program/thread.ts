/**
 * A thread of a program. Its workload says which routine runs, how many instructions compute and which touch
 * memory; each instruction is fetched, and those that touch memory are followed by what they touch.
 */
import { FETCH, LOAD, STORE } from '@shared/model/access'
import type { Block } from './address-plan'
import type { ProgramText, Routine } from './program-text'
import type { Tape } from './tape'

/** What one instruction reads at most; larger objects are read a piece at a time. */
const VECTOR_BYTES = 16

export class Thread {
  private routine: Routine
  private at: number

  constructor(
    private readonly tape: Tape,
    private readonly text: ProgramText,
    routine: Routine
  ) {
    this.routine = routine
    this.at = routine.first
  }

  /** Jumps to the beginning of a routine. */
  enter(routine: Routine): void {
    this.routine = routine
    this.at = routine.first
  }

  /** Instructions that touch no memory. */
  compute(instructions: number): void {
    for (let i = 0; i < instructions; i++) this.fetch()
  }

  /** One instruction that reads `bytes` (1..64) at `offset` bytes into the block. */
  load(block: Block, offset: number, bytes = 8): void {
    this.fetch()
    this.tape.write(LOAD, block.start + offset, bytes)
  }

  store(block: Block, offset: number, bytes = 8): void {
    this.fetch()
    this.tape.write(STORE, block.start + offset, bytes)
  }

  /** One instruction that reads and writes the same place. */
  modify(block: Block, offset: number, bytes = 8): void {
    this.load(block, offset, bytes)
    this.tape.write(STORE, block.start + offset, bytes)
  }

  /** Reads `bytes` in order, 16 bytes an instruction, with an instruction of the loop between. */
  read(block: Block, offset: number, bytes: number): void {
    for (let done = 0; done < bytes; done += VECTOR_BYTES) {
      this.load(block, offset + done, Math.min(VECTOR_BYTES, bytes - done))
      this.fetch()
    }
  }

  /** Writes `bytes` in order, as `read` reads them. */
  write(block: Block, offset: number, bytes: number): void {
    for (let done = 0; done < bytes; done += VECTOR_BYTES) {
      this.store(block, offset + done, Math.min(VECTOR_BYTES, bytes - done))
      this.fetch()
    }
  }

  private fetch(): void {
    const { text, at } = this
    this.tape.writePage(FETCH, text.high(at), text.low(at), text.offset(at), text.bytes(at))
    this.at = at + 1 === this.routine.end ? this.routine.first : at + 1
  }
}
