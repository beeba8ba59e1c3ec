/** Scenarios for tests, their streams decoded by hand, and a naive memory that follows the operations page by page. */
import { readScenario } from '@main/scenarios/read-scenario'
import { openScenario, type ScenarioSource } from '@main/scenarios/scenario-source'
import type { AccessSource, Area } from '@main/workloads/workload'
import { OPERAND, OPERATION } from '@shared/model/access'
import type { Environment } from '@shared/model/environment'
import { OPERATIONS, PROTECT_WRITE, type Operation } from '@shared/model/operation'
import { accessAt, aBatch, aStreamSpec, type Access } from './a-stream'

type Json = Record<string, unknown>

/** A file with these steps, over a table of a quarter of the footprint. */
export const aScenarioFile = (steps: unknown, more: Json = {}): Json => ({
  schema: 'dmt-lab/scenario@1',
  title: 'A test',
  summary: 'Does it work?',
  areas: [{ name: 'table', size: '1/4' }],
  steps,
  ...more
})

interface Setup {
  readonly footprint?: string
  readonly seed?: number
  readonly environment?: Environment
  readonly cpus?: number
}

export function openFile(
  file: unknown,
  { footprint = '64MiB', seed = 1, environment = 'virtualized', cpus = 1 }: Setup = {}
): ScenarioSource {
  const spec = aStreamSpec({ footprint, seed })
  return openScenario(readScenario(file, 'my.json'), 'my.json', {
    ...spec,
    environment,
    cpu: { ...spec.cpu, count: cpus }
  })
}

export const openSteps = (steps: unknown, setup: Setup = {}, more: Json = {}): ScenarioSource =>
  openFile(aScenarioFile(steps, more), setup)

export type Decoded = Operation | Access

/** Tells of each operation and access, in order, until the stream ends or `accesses` have been. */
export async function deedsIn(
  source: AccessSource,
  accesses: number,
  tell: (deed: Decoded) => void,
  batchSize = 4096
): Promise<void> {
  const batch = aBatch(batchSize)
  let open: { id: Operation['id']; arguments: number[]; wanted: number } | null = null
  for (let left = accesses; left > 0;) {
    const end = await source.fill(batch, 0, batchSize)
    for (let i = 0; i < end; i++) {
      const record = accessAt(batch, i)
      if (record.kind === OPERATION) {
        if (open) throw new Error(`${open.id} lacks operands`)
        const definition = OPERATIONS[record.size]
        const wanted = definition.arguments.length
        open = { id: definition.id, arguments: wanted > 0 ? [record.page] : [], wanted }
      } else if (record.kind === OPERAND) {
        if (!open) throw new Error('an operand without an operation')
        open.arguments.push(record.page)
      } else {
        if (open) throw new Error(`${open.id} lacks operands`)
        tell(record)
        left--
      }
      if (open && open.arguments.length >= open.wanted) {
        tell({ id: open.id, arguments: open.arguments })
        open = null
      }
    }
    if (end < batchSize) return
  }
}

export async function decoded(source: AccessSource, accesses = 1e6, batchSize = 4096): Promise<Decoded[]> {
  const all: Decoded[] = []
  await deedsIn(source, accesses, (deed) => void all.push(deed), batchSize)
  return all
}

export const operationsOf = (deeds: readonly Decoded[]): Operation[] =>
  deeds.filter((deed): deed is Operation => 'id' in deed)
export const accessesOf = (deeds: readonly Decoded[]): Access[] =>
  deeds.filter((deed): deed is Access => !('id' in deed))

/** Protection by page, of each process: slow and obvious. */
export class MappedPages {
  private readonly processes = new Map<number, Map<number, number>>()
  private running = 0

  constructor(areas: readonly Area[]) {
    const pages = new Map<number, number>()
    this.processes.set(0, pages)
    for (const { start, pages: count, writable } of areas)
      for (let p = start as number; p < start + count; p++) pages.set(p, writable ? PROTECT_WRITE : 0)
  }

  allows(page: number, isStore: boolean): boolean {
    const protection = this.processes.get(this.running)?.get(page)
    return protection !== undefined && (!isStore || (protection & PROTECT_WRITE) !== 0)
  }

  count(process = this.running): number {
    return this.pagesOf(process).size
  }

  carryOut({ id, arguments: [a, b, c, d] }: Operation): void {
    if (id === 'run') this.run(b)
    else if (id === 'mmap') this.map(a, b, c)
    else if (id === 'munmap') this.unmap(a, b)
    else if (id === 'mremap') this.remap(a, b, c, d)
    else if (id === 'brk') this.brk(a)
    else if (id === 'mprotect') this.protect(a, b, c)
    else if (id === 'madvise') this.mustBeMapped(a, b)
    else if (id === 'fork') this.fork(a)
    else if (id === 'exec') this.pagesOf(this.running).clear()
    else if (id === 'exit') this.processes.delete(this.running)
  }

  private run(process: number): void {
    this.pagesOf(process)
    this.running = process
  }

  private map(start: number, count: number, protection: number): void {
    const pages = this.pagesOf(this.running)
    for (let p = start; p < start + count; p++) {
      if (pages.has(p)) throw new Error(`page ${p} is mapped twice`)
      if (p >= 2 ** 35) throw new Error(`page ${p} lies in the kernel's half`)
      pages.set(p, protection)
    }
  }

  private unmap(start: number, count: number): void {
    const pages = this.pagesOf(this.running)
    for (let p = start; p < start + count; p++) pages.delete(p)
  }

  private remap(start: number, count: number, to: number, newCount: number): void {
    this.mustBeMapped(start, count)
    const protection = this.pagesOf(this.running).get(start) ?? 0
    if (to === start) {
      if (newCount < count) this.unmap(start + newCount, count - newCount)
      else this.map(start + count, newCount - count, protection)
      return
    }
    this.map(to, newCount, protection)
    this.unmap(start, count)
  }

  private brk(end: number): void {
    const pages = this.pagesOf(this.running)
    let last = 0x700
    while (pages.has(last)) last++
    if (end > last) this.map(last, end - last, PROTECT_WRITE)
    else this.unmap(end, last - end)
  }

  private protect(start: number, count: number, protection: number): void {
    this.mustBeMapped(start, count)
    for (let p = start; p < start + count; p++) this.pagesOf(this.running).set(p, protection)
  }

  private fork(child: number): void {
    if (this.processes.has(child)) throw new Error(`process ${child} is forked twice`)
    this.processes.set(child, new Map(this.pagesOf(this.running)))
  }

  private mustBeMapped(start: number, count: number): void {
    const pages = this.pagesOf(this.running)
    for (let p = start; p < start + count; p++) if (!pages.has(p)) throw new Error(`page ${p} is not mapped`)
  }

  private pagesOf(process: number): Map<number, number> {
    const pages = this.processes.get(process)
    if (!pages) throw new Error(`there is no process ${process}`)
    return pages
  }
}
