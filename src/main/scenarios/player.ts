/** Goes through the steps of a scenario and carries each out. */
import type { Environment } from '@shared/model/environment'
import { PROTECT_EXECUTE, PROTECT_WRITE } from '@shared/model/operation'
import { UserError } from '@shared/model/user-error'
import type { Asked, Repeat, Scenario, Step, Verb } from '@shared/model/scenario'
import { programAreas } from '../workloads/process-layout'
import type { Area } from '../workloads/workload'
import { CARRY_OUT, type Deed, type Names } from './carry-out'
import { pagesOf } from './part'
import { Refusal } from './refusal'
import { World, protectionOf, type Setting } from './world'

const ROUND = '#'

/** A scenario with what it is played on. */
export interface Staging {
  readonly scenario: Scenario
  /** The steps that are taken in this environment. */
  readonly steps: readonly (Step | Repeat)[]
  readonly setting: Setting
  /** How the person calls the file, for lines. */
  readonly file: string
}

/** Repeats of which nothing is left go too. */
export function stepsIn(steps: readonly (Step | Repeat)[], environment: Environment): (Step | Repeat)[] {
  return steps.flatMap((step): readonly (Step | Repeat)[] => {
    if (step.only && !step.only.includes(environment)) return []
    if (step.verb !== 'repeat') return [step]
    const inner = stepsIn(step.steps, environment)
    return inner.length > 0 ? [{ ...step, steps: inner }] : []
  })
}

/** As they are written. */
const namesMapped = (steps: readonly (Step | Repeat)[]): string[] =>
  steps.flatMap((step) => {
    if (step.verb === 'repeat') return namesMapped(step.steps)
    return step.verb === 'mmap' ? [step.ask.mmap] : []
  })

export class Player {
  readonly world: World
  /** Areas at the start, ascending. */
  readonly areas: readonly Area[]
  /** The names that operations count. */
  readonly labels: string[] = []
  private readonly numbers = new Map<string, number>()

  /** @throws UserError */
  constructor(private readonly staging: Staging) {
    this.world = new World(staging.setting)
    const program = Object.values(programAreas())
    for (const area of program) this.world.space.mapAt(area.name, area.start, area.pages, protectionOf(area))
    const own = staging.scenario.areas.map((_, i) => this.firstArea(i))
    this.areas = [...program, ...own].sort((a, b) => a.start - b.start)
    for (const name of [...this.areas.map((area) => area.name), ...namesMapped(staging.steps)])
      this.label(name)
  }

  /** @throws UserError that names the step */
  carryOut(step: Step, round: number): readonly Deed[] {
    const names: Names = {
      now: (written) => written.replaceAll(ROUND, String(round)),
      label: (written) => this.label(written)
    }
    return this.attempt(step.path, () => carryOut(step.verb, this.world, step.ask, names))
  }

  private firstArea(index: number): Area {
    const { name, size, protection } = this.staging.scenario.areas[index]
    const pages = pagesOf(size, this.staging.setting.footprint)
    const start = this.attempt(`areas[${index}]`, () => this.world.map(name, pages, protection))
    const writable = (protection & PROTECT_WRITE) !== 0
    const executable = (protection & PROTECT_EXECUTE) !== 0
    return { name, start, pages, writable, executable, origin: 'workload' }
  }

  private attempt<T>(path: string, what: () => T): T {
    try {
      return what()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      throw new UserError(`scenario ${path} ${error.what}`, this.staging.file, error.todo)
    }
  }

  private label(written: string): number {
    const known = this.numbers.get(written)
    if (known !== undefined) return known
    this.numbers.set(written, this.labels.length)
    return this.labels.push(written) - 1
  }
}

/** The verb chose the schema that made `ask`. */
const carryOut = <V extends Verb>(verb: V, world: World, ask: Asked<Verb>, names: Names): readonly Deed[] =>
  CARRY_OUT[verb](world, ask as Asked<V>, names)
