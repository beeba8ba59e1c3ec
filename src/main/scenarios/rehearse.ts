/**
 * A scenario is gone through before it runs, without its accesses, so that a step that cannot be done is told before
 * anything is built. A repeat that leaves everything as an earlier round of it did needs no more of them: they go in
 * circles.
 */
import { UserError } from '@shared/model/user-error'
import type { Repeat, Step } from '@shared/model/scenario'
import { Player, type Staging } from './player'

/** Steps and areas looked at; less than a second. What lies beyond is told while the scenario runs. */
const MOST_WORK = 200_000
/** Pieces that are gone over while a step takes its time. */
const PIECES_A_STEP = 64

export interface Rehearsed {
  /** Pages that are mapped at once at most, those of each process counted. */
  readonly mostPages: number
}

/** @throws UserError that names the step */
export function rehearse(staging: Staging): Rehearsed {
  checkHasSteps(staging)
  return new Rehearsal(staging).result()
}

const isTouched = (steps: readonly (Step | Repeat)[]): boolean =>
  steps.some((step) => (step.verb === 'repeat' ? isTouched(step.steps) : step.verb === 'touch'))

function checkHasSteps({ scenario, steps, file }: Staging): void {
  if (steps.length === 0)
    throw new UserError('scenario steps are none in this environment', file, 'choose another environment')
  if (scenario.loop && !isTouched(steps))
    throw new UserError('scenario loop goes on without an access', file, 'give a touch or leave the loop out')
}

/** A name of it is another one in each round. */
const countsRounds = (steps: readonly (Step | Repeat)[]): boolean =>
  steps.some((step) => step.verb !== 'repeat' && JSON.stringify(step.ask).includes('#'))

class Rehearsal {
  private readonly player: Player
  private work = 0
  private mostPages = 0

  constructor(private readonly staging: Staging) {
    this.player = new Player(staging)
    this.mostPages = this.player.world.pages
  }

  result(): Rehearsed {
    const { scenario, steps } = this.staging
    this.rounds(scenario.loop ? Infinity : 1, steps)
    return { mostPages: this.mostPages }
  }

  private rounds(times: number, steps: readonly (Step | Repeat)[]): void {
    const mayStop = times > 2 && !countsRounds(steps)
    const seen = new Set<string>()
    for (let round = 1; round <= times && this.work < MOST_WORK; round++) {
      this.round(steps, round)
      if (!mayStop) continue
      const now = this.print()
      if (seen.has(now)) return
      seen.add(now)
    }
  }

  private round(steps: readonly (Step | Repeat)[], round: number): void {
    for (const step of steps) {
      if (this.work >= MOST_WORK) return
      if (step.verb === 'repeat') this.rounds(step.times, step.steps)
      else this.step(step, round)
    }
  }

  private step(step: Step, round: number): void {
    this.player.carryOut(step, round)
    this.work += 1 + Math.floor(this.player.world.size / PIECES_A_STEP)
    if (step.verb === 'fork') this.work += this.player.world.size
    this.mostPages = Math.max(this.mostPages, this.player.world.pages)
  }

  private print(): string {
    this.work += this.player.world.size
    return this.player.world.print()
  }
}
