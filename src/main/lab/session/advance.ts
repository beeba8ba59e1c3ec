/** Takes the lanes on and books what came of it. In a turn. */
import type { Step } from '../lock-step'
import type { SessionCore } from './core'

/** Accesses at a time while nothing is shown. */
const UNSEEN_SLICE = 16_384

/** A lane reached another page than its own: a defect of the lab, never of the experiment. */
export class TranslationDefect extends Error {
  override readonly name = 'TranslationDefect'
}

export class Advance {
  constructor(private readonly core: SessionCore) {}

  /** A slice of so many accesses at most. @throws TranslationDefect when `verify` finds a wrong translation */
  async by(most: number): Promise<Step> {
    const step = await this.core.lockStep.advance(most)
    this.book(step)
    return step
  }

  /** Until so many accesses are done, showing nothing. */
  async to(accesses: number, goesOn: () => boolean): Promise<void> {
    const { lockStep } = this.core
    while (lockStep.accesses < accesses && goesOn()) {
      const step = await this.by(Math.min(accesses - lockStep.accesses, UNSEEN_SLICE))
      if (step.atEnd) return
    }
  }

  private book({ warmedUp, ended }: Step): void {
    const { spec, lockStep, status } = this.core
    if (spec.verify && lockStep.firstError) throw new TranslationDefect(lockStep.firstError.text)
    if (warmedUp) status.mark(lockStep.accesses, null, 'warm-up-end')
    status.endFor([ended])
  }
}
