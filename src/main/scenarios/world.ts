/** The processes of a scenario, which of them runs on which CPU, and the names that its operations count. */
import { programAreas } from '../workloads/process-layout'
import type { Area } from '../workloads/workload'
import type { Page } from '@shared/address/address'
import { PROTECT_EXECUTE, PROTECT_WRITE } from '@shared/model/operation'
import { AddressSpace } from './address-space'
import { Refusal } from './refusal'

/** The process that a scenario begins with. */
const FIRST_PROCESS = 'main'
const MOST_PROCESSES = 256
/** Of all processes together: what a scenario may take of this machine's memory. */
const MOST_PIECES = 2 ** 17

interface Process {
  readonly number: number
  readonly name: string
  space: AddressSpace
}

/** What of the set-up a scenario depends on. */
export interface Setting {
  /** 4 KiB pages. */
  readonly footprint: number
  /** Layers that translate. */
  readonly depth: number
  readonly cpus: number
}

export const protectionOf = ({ writable, executable }: Area): number =>
  (writable ? PROTECT_WRITE : 0) | (executable ? PROTECT_EXECUTE : 0)

export class World {
  /** Touches so far: the counter of what is random in them. */
  touches = 0
  private readonly processes = new Map<string, Process>()
  /** By CPU, who runs there. */
  private readonly cpus: (Process | null)[]
  private cpu = 0

  constructor(readonly setting: Setting) {
    this.cpus = Array<Process | null>(setting.cpus).fill(null)
    const first = { number: 0, name: FIRST_PROCESS, space: new AddressSpace() }
    this.processes.set(first.name, first)
    this.cpus[0] = first
  }

  get running(): Process {
    const process = this.cpus[this.cpu]
    if (process) return process
    throw new Refusal(`needs a process, and none runs on CPU ${this.cpu}`, 'put a run before it')
  }

  get space(): AddressSpace {
    return this.running.space
  }

  /** Pages that are mapped, those of each process counted. */
  get pages(): number {
    let sum = 0
    for (const { space } of this.processes.values()) sum += space.pages
    return sum
  }

  /** Pieces of areas that are kept: what a copy or a print costs. */
  get size(): number {
    let sum = 0
    for (const { space } of this.processes.values()) sum += space.size
    return sum
  }

  /** Maps an area of the running process. @returns where it starts */
  map(name: string, pages: number, protection: number): Page {
    this.checkSize(1)
    return this.space.map(name, pages, protection)
  }

  /** @returns number of the child */
  fork(name: string): number {
    if (this.processes.has(name))
      throw new Refusal(`forks ${name}, a process that there is already`, 'give another name')
    if (this.processes.size >= MOST_PROCESSES)
      throw new Refusal(`makes more than ${MOST_PROCESSES} processes`, 'let some exit before')
    const space = this.space.copy()
    this.checkSize(space.size)
    const number = this.freeNumber()
    this.processes.set(name, { number, name, space })
    return number
  }

  /** The program that is loaded has areas of its own, mapped one by one. @returns them */
  exec(): Area[] {
    const areas = Object.values(programAreas())
    this.running.space = new AddressSpace()
    for (const area of areas) this.space.mapAt(area.name, area.start, area.pages, protectionOf(area))
    return areas
  }

  exit(): void {
    const { running } = this
    this.processes.delete(running.name)
    this.cpus.forEach((process, cpu) => {
      if (process === running) this.cpus[cpu] = null
    })
  }

  /** @returns CPU and number of the process */
  run(name: string, cpu = this.cpu): [number, number] {
    const process = this.processes.get(name)
    if (!process) {
      const some = [...this.processes.keys()].slice(0, 6).join(', ')
      throw new Refusal(
        `runs ${name}, which is no process now`,
        some ? `name one of ${some}` : 'fork it before'
      )
    }
    if (cpu >= this.setting.cpus)
      throw new Refusal(`runs on CPU ${cpu}, beyond the last`, `give --option cpu.count=${cpu + 1} or more`)
    this.cpu = cpu
    this.cpus[cpu] = process
    return [cpu, process.number]
  }

  /** The same text for the same state and for no other. */
  print(): string {
    const running = this.cpus.map((process) => process?.name ?? '').join()
    const processes = [...this.processes.values()].map((p) => `${p.name}/${p.number}/${p.space.print()}`)
    return [this.cpu, running, ...processes].join('|')
  }

  private checkSize(more: number): void {
    if (this.size + more > MOST_PIECES)
      throw new Refusal(`makes more than ${MOST_PIECES} areas in all`, 'unmap some before')
  }

  /** Numbers are taken again, as process identifiers are. */
  private freeNumber(): number {
    const used = new Set(Array.from(this.processes.values(), (process) => process.number))
    let number = 0
    while (used.has(number)) number++
    return number
  }
}
