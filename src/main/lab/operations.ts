/** Executes the operations of a stream on a lane's machine. */
import type { Operation } from '@shared/model/operation'
import type { Machine } from './machine'

/** @throws OutOfMemory, and Error for an operation that has no meaning where it stands in the stream */
export function execute(machine: Machine, { id, arguments: args }: Operation): void {
  const { kernel } = machine.stack
  if (id === 'run') return machine.run(args[0], kernel.run(args[1]).space)
  if (!kernel.perform({ id, arguments: args })) throw new Error(`execute: ${id} is not known`)
  if (id === 'exec') machine.run(machine.cpus.indexOf(machine.cpu), kernel.running.space)
}
