/** Reads operations from the records of a stream: one for the operation, one for each argument after the first. */
import { pageFrom } from '@shared/address/address'
import { OPERAND, OPERATION } from '@shared/model/access'
import { OPERATIONS, type Operation, type OperationId } from '@shared/model/operation'

export class OperationReader {
  private id: OperationId | null = null
  private values: number[] = []
  private wanted = 0

  /** Takes one record; the operation once its last argument is there, else null. */
  take(kind: number, size: number, high: number, low: number): Operation | null {
    if (kind === OPERATION) this.begin(size)
    else if (kind !== OPERAND || this.id === null)
      throw new Error('OperationReader: an argument without its operation')
    if (this.values.length < this.wanted) this.values.push(pageFrom(high, low))
    if (this.id === null || this.values.length < this.wanted) return null
    const operation = { id: this.id, arguments: this.values }
    this.id = null
    return operation
  }

  private begin(index: number): void {
    if (this.id !== null) throw new Error(`OperationReader: ${this.id} lacks arguments`)
    const definition = OPERATIONS[index]
    if (!definition) throw new Error(`OperationReader: there is no operation ${index}`)
    this.id = definition.id
    this.values = []
    this.wanted = definition.arguments.length
  }
}
