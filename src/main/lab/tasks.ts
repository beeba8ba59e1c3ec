/** What a machine does by the clock, beside what its stream asks for. */
import type { LabSpec } from '@shared/model/spec'
import type { Layer } from '../software/layer'
import { scan } from '../software/space/promote'
import type { Task } from './clock'
import { mustHold } from './invariants'
import type { Machine } from './machine'
import { WrongPath } from './wrong-path'

export function tasksOf(machine: Machine): Task[] {
  const { spec, stack } = machine
  const { thp, dmt, cpu, verify, engine, agile } = spec
  const tasks: Task[] = []
  if (thp.scanEvery > 0) tasks.push(new Khugepaged(stack.inner, thp))
  // Of any design: a lane may get its registers while it runs.
  if (dmt.policy === 'ranked') tasks.push({ every: dmt.rankEvery, run: () => rankAreas(machine) })
  if (stack.shadows.plan === 'agile' && agile.nestedLevels < 0)
    tasks.push({ every: agile.interval, run: () => stack.shadows.look() })
  if (cpu.wrongPathEvery > 0) tasks.push(new WrongPath(machine))
  if (verify) tasks.push({ every: engine.checkEvery, run: () => mustHold(machine) })
  return tasks
}

/** The kernel's thread takes one process after the other, whichever run (Linux mm/khugepaged.c). */
class Khugepaged implements Task {
  readonly every: number
  private turn = 0

  constructor(
    private readonly layer: Layer,
    private readonly thp: LabSpec['thp']
  ) {
    this.every = thp.scanEvery
  }

  run(): void {
    const { spaces } = this.layer
    scan(spaces[this.turn++ % spaces.length], this.thp.pagesToScan, this.thp.maxNone)
  }
}

function rankAreas({ stack }: Machine): void {
  for (const layer of stack.layers) for (const { teas } of layer.spaces) teas.rank()
}
