/** A scenario as a stream: operations where they stand, accesses between them, made on the fly. */
import type { AccessBatch } from '@shared/model/access'
import { DEPTH } from '@shared/model/environment'
import type { Operation } from '@shared/model/operation'
import type { Repeat, Scenario, Step } from '@shared/model/scenario'
import type { LabSpec } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { footprintPages } from '../workloads/process-layout'
import { INSTRUCTIONS_PER_REFERENCE } from '../workloads/teaching'
import type { AccessSource, Area } from '../workloads/workload'
import type { Deed } from './carry-out'
import { recordsOf, writeRecord } from './operation-records'
import { Player, stepsIn, type Staging } from './player'
import { rehearse } from './rehearse'
import { TouchStream } from './touch-stream'

/** In a row: a run that has so many operations to do would never come to its references. */
const MOST_OPERATIONS = 1_000_000

/** What of a spec a scenario depends on. */
type Setup = Pick<LabSpec, 'environment' | 'footprint' | 'seed' | 'cpu'>

/** @throws UserError that names the step that cannot be done */
export function openScenario(scenario: Scenario, file: string, spec: Setup): ScenarioSource {
  const staging: Staging = {
    scenario,
    file,
    steps: stepsIn(scenario.steps, spec.environment),
    setting: {
      footprint: footprintPages(spec.footprint),
      depth: DEPTH[spec.environment],
      cpus: spec.cpu.count
    }
  }
  if (scenario.cpus > spec.cpu.count)
    throw new UserError(
      `scenario cpus is ${scenario.cpus}, and the machine has ${spec.cpu.count}`,
      file,
      `give --option cpu.count=${scenario.cpus}`
    )
  return new ScenarioSource(staging, spec.seed, rehearse(staging).mostPages)
}

export class ScenarioSource implements AccessSource {
  readonly instructionsPerReference = INSTRUCTIONS_PER_REFERENCE
  readonly areas: readonly Area[]
  readonly labels: readonly string[]
  private readonly deeds: Iterator<Deed, undefined>
  private touch: TouchStream | null = null
  private operation: Operation | null = null
  /** Next record of the operation. */
  private record = 0
  private operationsInARow = 0

  /** @param mostPages pages that are mapped at once at most, those of each process counted */
  constructor(
    private readonly staging: Staging,
    private readonly seed: number,
    readonly mostPages: number
  ) {
    const player = new Player(staging)
    this.areas = player.areas
    this.labels = player.labels
    const { scenario, steps } = staging
    this.deeds = deedsOf(player, steps, scenario.loop ? Infinity : 1)
  }

  /** @throws UserError for a step that cannot be done, where the rehearsal did not reach it */
  fill(batch: AccessBatch, from: number, to: number): number {
    let at = from
    while (at < to) {
      if (this.operation !== null) at = this.fillOperation(batch, at, to, this.operation)
      else if (this.touch !== null) at = this.fillTouch(batch, at, to, this.touch)
      else if (!this.next()) break
    }
    return at
  }

  private fillOperation(batch: AccessBatch, from: number, to: number, operation: Operation): number {
    const records = recordsOf(operation)
    let at = from
    while (at < to && this.record < records) writeRecord(batch, at++, operation, this.record++)
    if (this.record === records) this.operation = null
    return at
  }

  private fillTouch(batch: AccessBatch, from: number, to: number, touch: TouchStream): number {
    const at = touch.fill(batch, from, to)
    if (touch.hasEnded) this.touch = null
    return at
  }

  private next(): boolean {
    const { done, value } = this.deeds.next()
    if (done) return false
    if (value.id === 'touch') {
      this.touch = new TouchStream(value, this.seed)
      this.operationsInARow = 0
    } else {
      this.operation = value
      this.record = 0
      this.checkOperations()
    }
    return true
  }

  private checkOperations(): void {
    if (++this.operationsInARow > MOST_OPERATIONS)
      throw new UserError(
        `scenario has more than ${MOST_OPERATIONS} operations without an access`,
        this.staging.file,
        'put a touch between them'
      )
  }
}

/** @param times rounds of the steps */
function* deedsOf(
  player: Player,
  steps: readonly (Step | Repeat)[],
  times: number
): Generator<Deed, undefined> {
  for (let round = 1; round <= times; round++) {
    for (const step of steps) {
      if (step.verb === 'repeat') yield* deedsOf(player, step.steps, step.times)
      else yield* player.carryOut(step, round)
    }
  }
}
