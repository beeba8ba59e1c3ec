/** What a machine does by the clock, beside what its stream asks for. */
import { scan } from '../software/space/promote'
import type { Task } from './clock'
import { mustHold } from './invariants'
import type { Machine } from './machine'

export function tasksOf(machine: Machine): Task[] {
  const { spec, stack } = machine
  const { thp, dmt, verify, engine } = spec
  const tasks: Task[] = []
  if (thp.scanEvery > 0)
    tasks.push({ every: thp.scanEvery, run: () => scan(stack.inner.space, thp.pagesToScan, thp.maxNone) })
  // Of any design: a lane may get its registers while it runs.
  if (dmt.policy === 'ranked') tasks.push({ every: dmt.rankEvery, run: () => rankAreas(machine) })
  if (verify) tasks.push({ every: engine.checkEvery, run: () => mustHold(machine) })
  return tasks
}

function rankAreas({ stack }: Machine): void {
  for (const layer of stack.layers) for (const { teas } of layer.spaces) teas.rank()
}
