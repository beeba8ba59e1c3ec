/** Operations as records of a batch, written as a source writes them. */
import { pageHigh, pageLow } from '@shared/address/address'
import { OPERAND, OPERATION, type AccessBatch } from '@shared/model/access'
import { OPERATION_INDEX, type Operation } from '@shared/model/operation'

/** Position after the last record. */
export function writeOperation(batch: AccessBatch, at: number, { id, arguments: values }: Operation): number {
  const records = Math.max(1, values.length)
  for (let i = 0; i < records; i++) {
    const value = values[i] ?? 0
    batch.kind[at + i] = i === 0 ? OPERATION : OPERAND
    batch.size[at + i] = i === 0 ? OPERATION_INDEX[id] : 0
    batch.high[at + i] = pageHigh(value)
    batch.low[at + i] = pageLow(value)
    batch.offset[at + i] = 0
  }
  return at + records
}
