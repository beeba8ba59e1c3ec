/**
 * The operating system of the innermost layer as its processes see it: who there is, who runs, and what system calls
 * do. Scheduling and what hardware does at a switch are the lane's.
 */
import { mix32 } from '@shared/random/mix32'
import type { Operation } from '@shared/model/operation'
import type { Layer } from '../layer'
import type { AddressSpace } from '../space/address-space'
import { copySpace } from '../space/copy'
import { destroy } from '../space/unmap'
import { Pcids } from './pcids'
import type { Process } from './process'
import { SYSTEM_CALLS, isSystemCall } from './system-calls'

export class Kernel {
  readonly processes = new Map<number, Process>()
  /** Names of mapped areas, by the `label` of mmap. */
  labels: readonly string[] = []
  /** The space is gone: everything tagged with its PCID must be void on return. */
  onRetire: (space: AddressSpace) => void = () => {}
  private current: Process | null = null
  private readonly pcids = new Pcids()
  private families = 0

  /** @param makeSpace makes an empty address space of the layer with this salt */
  constructor(
    readonly layer: Layer,
    private readonly makeSpace: (salt: number) => AddressSpace,
    /** Most pages of a huge page that khugepaged makes that nothing maps yet. */
    readonly maxNone: number
  ) {
    this.current = this.add(0, layer.space)
  }

  /** @throws when the process that ran has ended and no other was chosen yet */
  get running(): Process {
    if (this.current === null) throw new Error('the process that ran has ended, and no other runs')
    return this.current
  }

  /** From now on system calls come from this process, and the layer maps its space. */
  run(id: number): Process {
    const process = this.processes.get(id)
    if (process === undefined) throw new Error(`there is no process ${id}`)
    this.current = process
    this.layer.space = process.space
    return process
  }

  /** Does what the running process asks; false for what is no matter of this layer's processes. */
  perform(operation: Operation): boolean {
    const { id } = operation
    if (!isSystemCall(id)) return false
    const text = SYSTEM_CALLS[id](this, operation.arguments)
    if (id === 'khugepaged') return true
    this.layer.ledger.count('systemCalls')
    this.layer.event('system-call', text, 0, this.layer.costs.systemCall)
    return true
  }

  /** @throws when the number is in use */
  fork(childId: number): Process {
    if (this.processes.has(childId)) throw new Error(`fork: process ${childId} exists already`)
    const parent = this.running
    const space = this.makeSpace(parent.space.salt)
    copySpace(parent.space, space)
    this.layer.ledger.charge(space.table.tablePages * this.layer.costs.copyPage)
    const child = this.add(childId, space)
    child.heapStart = parent.heapStart
    return child
  }

  /** The running process gets an empty address space, which is none of its family's. */
  exec(): void {
    const process = this.running
    const space = this.makeSpace(mix32(++this.families) | 0)
    const old = process.space
    process.space = space
    process.heapStart = -1
    this.layer.space = space
    space.pcid = this.pcids.take()
    this.retire(old)
  }

  /** @throws when it is the last process */
  exit(): void {
    const process = this.running
    if (this.processes.size === 1) throw new Error(`exit: process ${process.id} is the last one`)
    this.processes.delete(process.id)
    this.current = null
    for (const other of this.processes.values()) this.layer.space = other.space
    this.retire(process.space)
  }

  private retire(space: AddressSpace): void {
    destroy(space)
    this.onRetire(space)
    this.pcids.giveBack(space.pcid)
  }

  private add(id: number, space: AddressSpace): Process {
    const process: Process = { id, space, heapStart: -1 }
    space.pcid = this.pcids.take()
    this.processes.set(id, process)
    return process
  }
}
