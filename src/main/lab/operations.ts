/** Executes the operations of a stream on a lane's machine. */
import { LAYER_NAMES } from '@shared/model/environment'
import {
  FORGERIES,
  HOST_LACKS_CONTIGUITY,
  HOST_LACKS_DMT,
  type Operation,
  type OperationId
} from '@shared/model/operation'
import { forge } from '../software/hypervisor/forge'
import { STEPS } from '../software/hypervisor/steps'
import { PAGEBLOCK_ORDER } from '../software/frames/migrate-type'
import type { Machine } from './machine'

/** What befalls the machine, and is no system call of a process. */
const MACHINE_OPERATIONS: Partial<Record<OperationId, (machine: Machine, args: readonly number[]) => void>> =
  {
    run: (machine, [cpu, process]) => machine.run(cpu, machine.stack.kernel.run(process).space),
    compact: ({ stack }, [k]) => {
      const layer = stack.layers[k]
      const before = layer.frames.framesMoved
      layer.frames.compact(PAGEBLOCK_ORDER)
      const moved = layer.frames.framesMoved - before
      layer.event('compaction', `${LAYER_NAMES[k]} moved pages together`, moved, 0)
    },
    balloon: ({ host }, [k, frames]) => host.inflate(k + 1, frames),
    deflate: ({ host }, [k, frames]) => host.deflate(k + 1, frames),
    reclaim: ({ host }, [frames]) => host.reclaim(frames),
    migrate: ({ host }, [lacks]) => {
      host.migrationRound()
      host.finishMigration({
        contiguity: (lacks & HOST_LACKS_CONTIGUITY) === 0,
        dmt: (lacks & HOST_LACKS_DMT) === 0
      })
    },
    forge: ({ stack }, [n]) => forge(stack.inner, FORGERIES[n]),
    fail: ({ stack }, [n]) => {
      stack.host.failAt = STEPS[n] ?? null
    }
  }

/** @throws OutOfMemory, and Error for an operation that has no meaning where it stands in the stream */
export function execute(machine: Machine, operation: Operation): void {
  const { kernel } = machine.stack
  const own = MACHINE_OPERATIONS[operation.id]
  if (own) return own(machine, operation.arguments)
  if (!kernel.perform(operation)) throw new Error(`execute: ${operation.id} has no meaning`)
  if (operation.id === 'exec') machine.run(machine.cpus.indexOf(machine.cpu), kernel.running.space)
}
