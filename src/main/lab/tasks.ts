/** What a machine does by the clock, beside what its stream asks for. */
import { scan } from '../software/space/promote'
import type { Task } from './clock'
import { mustHold } from './invariants'
import type { Machine } from './machine'
import { WrongPath } from './wrong-path'

export function tasksOf(machine: Machine): Task[] {
  const { spec, stack } = machine
  const { thp, dmt, cpu, verify, engine } = spec
  const tasks: Task[] = []
  if (thp.scanEvery > 0)
    tasks.push({ every: thp.scanEvery, run: () => scan(stack.inner.space, thp.pagesToScan, thp.maxNone) })
  if (dmt.policy === 'ranked' && machine.design.info.hasRegisters)
    tasks.push({ every: dmt.rankEvery, run: () => rankAreas(machine) })
  if (cpu.wrongPathEvery > 0) {
    const wrongPath = new WrongPath(machine)
    tasks.push({ every: cpu.wrongPathEvery, run: () => wrongPath.run() })
  }
  if (verify) tasks.push({ every: engine.checkEvery, run: () => mustHold(machine) })
  return tasks
}

function rankAreas({ stack }: Machine): void {
  for (const layer of stack.layers) for (const { teas } of layer.spaces) teas.rank()
}
