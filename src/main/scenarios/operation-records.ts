/** Operations as records of a batch (operation.ts in shared/model). */
import { pageHigh, pageLow } from '@shared/address/address'
import { OPERAND, OPERATION, type AccessBatch } from '@shared/model/access'
import { OPERATION_INDEX, type Operation } from '@shared/model/operation'

/** An operation without arguments is one record as well. */
export const recordsOf = ({ arguments: args }: Operation): number => Math.max(1, args.length)

export function writeRecord(batch: AccessBatch, at: number, operation: Operation, record: number): void {
  const argument = operation.arguments[record] ?? 0
  batch.kind[at] = record === 0 ? OPERATION : OPERAND
  batch.size[at] = record === 0 ? OPERATION_INDEX[operation.id] : 0
  batch.offset[at] = 0
  batch.high[at] = pageHigh(argument)
  batch.low[at] = pageLow(argument)
}
