/** The endless stream of a program that does one operation after another. */
import type { AccessBatch } from '@shared/model/access'
import type { AccessSource, Area } from '../workload'
import type { Tape } from './tape'

/** Operations are short; so many accesses are made before the first is handed out. */
const ACCESSES_AHEAD = 8192

export class ProgramSource implements AccessSource {
  /** A program holds its own fetches. */
  readonly instructionsPerReference = 0

  /** @param operate does the next operation: writes its accesses, at least one, on the tape */
  constructor(
    readonly areas: readonly Area[],
    private readonly tape: Tape,
    private readonly operate: () => void
  ) {}

  fill(batch: AccessBatch, from: number, to: number): number {
    let at = from
    while (at < to) {
      if (this.tape.hasEnded) this.goOn()
      at = this.tape.drain(batch, at, to)
    }
    return at
  }

  private goOn(): void {
    this.tape.rewind()
    while (this.tape.length < ACCESSES_AHEAD) this.operate()
  }
}
