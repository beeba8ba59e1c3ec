/**
 * Random lives of processes on an emulated machine: operations and accesses as a stream would bring them, drawn so
 * that areas meet, overlap and are cut often. Every choice comes from the numbers of an event, so that a failing
 * sequence shrinks to a short one.
 */
import { designOf } from '@main/designs'
import { Lane } from '@main/lab/lane'
import { Machine } from '@main/lab/machine'
import { Walk } from '@main/hardware/walker/walk'
import type { AddressSpace } from '@main/software/space/address-space'
import { OutOfMemory } from '@main/software/out-of-memory'
import { pageHigh, pageLow } from '@shared/address/address'
import { LOAD, STORE } from '@shared/model/access'
import { ADVICE, FORGERIES, PROTECT_WRITE, type Operation } from '@shared/model/operation'
import fc from 'fast-check'
import { anArea } from './a-machine'
import { aBatch } from './a-stream'
import { answer } from './stack-laws'
import { writeOperation } from './operations'
import { aSpec } from './spec'

/** Processes meet in a few GiB; the heap and the first area lie in it. */
const ORIGIN = 0x7f1234400
const GRID = 128
const CELLS = 96
const MOST_PROCESSES = 6

export interface Event {
  readonly what: number
  readonly a: number
  readonly b: number
  readonly c: number
}

export interface Setting {
  readonly environment: string
  readonly design: string
  readonly pageSize: string
  readonly hostPageSize: string
  readonly fragmentation: number
  readonly cpus: number
  readonly pcid: boolean
  readonly policy: string
}

export const anEvent: fc.Arbitrary<Event> = fc.record({
  what: fc.nat(99),
  a: fc.nat(9999),
  b: fc.nat(9999),
  c: fc.nat(9999)
})

/** Tight enough to run out at times, and small enough to be checked often. */
const LIMITS: Record<string, Record<string, string>> = {
  native: { L0: '256MiB' },
  virtualized: { L0: '384MiB', L1: '256MiB' },
  nested: { L0: '512MiB', L1: '384MiB', L2: '256MiB' }
}

const DESIGNS: Record<string, string[]> = {
  native: ['radix', 'fpt', 'ecpt', 'asap', 'rmm', 'dmt'],
  virtualized: ['radix', 'shadow', 'hugegpt', 'fpt', 'ecpt', 'asap', 'agile', 'rmm', 'dmt', 'pvdmt'],
  nested: ['radix', 'radix-3d', 'shadow', 'fpt', 'ecpt', 'asap', 'rmm', 'dmt', 'pvdmt']
}

export const aSetting: fc.Arbitrary<Setting> = fc
  .constantFrom('native', 'virtualized', 'nested')
  .chain((environment) =>
    fc.record({
      environment: fc.constant(environment),
      design: fc.constantFrom(...DESIGNS[environment]),
      pageSize: fc.constantFrom('4K', 'thp', '2M'),
      hostPageSize: fc.constantFrom('4K', 'thp'),
      fragmentation: fc.constantFrom(0, 0.05, 0.5, 0.9),
      cpus: fc.integer({ min: 1, max: 3 }),
      pcid: fc.boolean(),
      policy: fc.constantFrom('first', 'ranked')
    })
  )

function* mappedPages({ vmas, oracle }: AddressSpace): Iterable<number> {
  for (const { start, end } of vmas.list())
    for (let page = start as number; page < end; page++) if ((oracle?.get(page) ?? -1) >= 0) yield page
}

export class Life {
  readonly machine: Machine
  readonly lane: Lane
  /** The memory that the machine had free before anything was mapped. */
  private readonly batch = aBatch(8)
  private nextProcess = 1
  /** A layer ran out of memory: nothing more happens. */
  isOver = false

  constructor(setting: Setting) {
    const { environment, design, pageSize, hostPageSize, fragmentation, cpus, pcid, policy } = setting
    const spec = aSpec({
      profile: 'tiny',
      verify: true,
      environment,
      lanes: [design],
      pageSize,
      hostPageSize,
      fragmentation,
      cpu: { count: cpus, pcid },
      tea: { minVmaMiB: 1, minSlots: 1 },
      dmt: { policy, registers: 4 },
      ecpt: { initialLines: 64, moveLines: 4, cache2M: 2, cache1G: 1 },
      rmm: { entries: 4, minPages: 8, eager: '8MiB' },
      // Where registers have a second policy, levels are fixed.
      agile: { nestedLevels: policy === 'ranked' ? cpus : -1 },
      footprint: '256MiB',
      memory: { limits: LIMITS[environment] }
    })
    const first = anArea({ start: ORIGIN, pages: GRID * 20, name: 'heap' })
    this.machine = new Machine(spec, designOf(design), [first])
    this.lane = new Lane(this.machine)
  }

  play(events: Iterable<Event>): void {
    for (const event of events) {
      if (this.isOver) return
      try {
        this.happen(event)
      } catch (error) {
        if (!(error instanceof OutOfMemory)) throw error
        this.isOver = true
      }
    }
  }

  /** Pages that a process has mapped and that the design's walkers, or the assist, take elsewhere than the oracle says. */
  misled(): string[] {
    const wrong: string[] = []
    try {
      this.follow(wrong)
    } catch (error) {
      // Looking at a page may have the layers below back it, until there is nothing left to back it with.
      if (!(error instanceof OutOfMemory)) throw error
    }
    return wrong
  }

  private follow(wrong: string[]): void {
    const { machine } = this
    for (const { id, space } of [...machine.stack.kernel.processes.values()]) {
      machine.run(0, space)
      const walk = new Walk()
      const ways = [
        { stage: machine.coldStage(walk), walk },
        { stage: machine.assistStage, walk: machine.assistWalk }
      ]
      for (const page of mappedPages(space))
        for (const way of ways) {
          const frame = answer(machine, way.stage, way.walk, page)
          const expected = machine.stack.oracleFrame(page)
          if (frame !== expected) wrong.push(`process ${id}, page ${page}: ${frame}, not ${expected}`)
        }
    }
  }

  /** All processes but one end, and that one unmaps everything. */
  end(): void {
    const { kernel } = this.machine.stack
    while (kernel.processes.size > 1) {
      this.operate({ id: 'run', arguments: [0, [...kernel.processes.keys()][1]] })
      this.operate({ id: 'exit', arguments: [] })
    }
    this.operate({ id: 'run', arguments: [0, [...kernel.processes.keys()][0]] })
    for (const vma of [...kernel.running.space.vmas.list()])
      this.operate({ id: 'munmap', arguments: [vma.start, vma.end - vma.start] })
  }

  private happen({ what, a, b, c }: Event): void {
    const start = ORIGIN + (a % CELLS) * GRID + (b % 4 === 0 ? c % GRID : 0)
    const pages = what % 3 === 0 ? 1 + (b % GRID) : GRID * (1 + (b % 24))
    if (what < 40) return this.touch(a, b, c)
    if (what < 55) return this.operate({ id: 'mmap', arguments: [start, pages, PROTECT_WRITE, 0] })
    if (what < 66) return this.operate({ id: 'munmap', arguments: [start, pages] })
    if (what < 73) return this.mremap(a, b, c)
    if (what < 78) return this.operate({ id: 'mprotect', arguments: [start, pages, c % 2] })
    if (what < 84) return this.operate({ id: 'madvise', arguments: [start, pages, c % ADVICE.length] })
    if (what < 88) return this.fork()
    if (what < 93) return this.run(a, b)
    if (what < 95) return this.exit(a)
    if (what < 96) return this.exec()
    if (what < 97) return this.operate({ id: 'khugepaged', arguments: [1 + (b % 4096)] })
    return a % 3 === 0 ? this.turn(b, c) : this.befall(a, b, c)
  }

  /** Accesses within an area of the process that runs, near each other. */
  private touch(a: number, b: number, c: number): void {
    const areas = this.machine.stack.inner.space.vmas.list()
    if (areas.length === 0) return
    const area = areas[a % areas.length]
    const pages = area.end - area.start
    for (let i = 0; i < 4; i++) {
      const page = area.start + ((b * 37 + i * (1 + (c % 700))) % pages)
      this.access(page, c % 2 === 0 && area.writable ? STORE : LOAD)
    }
  }

  private access(page: number, kind: number): void {
    const { batch } = this
    batch.kind[0] = kind
    batch.size[0] = 8
    batch.offset[0] = 0
    batch.high[0] = pageHigh(page)
    batch.low[0] = pageLow(page)
    this.lane.run(batch, 0, 1)
  }

  private mremap(a: number, b: number, c: number): void {
    const areas = this.machine.stack.inner.space.vmas.list()
    if (areas.length === 0) return
    const area = areas[a % areas.length]
    const pages = Math.min(area.end - area.start, 1 + (b % 3000))
    const newPages = Math.max(1, pages + (c % 3) * GRID - GRID)
    const staysPut = c % 4 === 0 && area.start + pages === area.end
    const free = ORIGIN + (CELLS + 32 + (b % 16) * 40) * GRID
    const to = staysPut ? area.start + 0 : free + (c % 2) * 64
    if (staysPut && (pages !== area.end - area.start || this.isTaken(area.end, newPages - pages))) return
    if (!staysPut && area.start < to + newPages && to < area.start + pages) return
    this.operate({ id: 'mremap', arguments: [area.start, pages, to, newPages] })
  }

  private isTaken(start: number, pages: number): boolean {
    const { vmas } = this.machine.stack.inner.space
    return pages > 0 && vmas.list().some((vma) => vma.start < start + pages && vma.end > start)
  }

  private fork(): void {
    if (this.machine.stack.kernel.processes.size >= MOST_PROCESSES) return
    this.operate({ id: 'fork', arguments: [this.nextProcess++] })
  }

  private run(a: number, b: number): void {
    const ids = [...this.machine.stack.kernel.processes.keys()]
    this.operate({ id: 'run', arguments: [b % this.machine.cpus.length, ids[a % ids.length]] })
  }

  /** CPUs that ran the process run another one first, as a scheduler sees to. */
  private exit(a: number): void {
    const { kernel } = this.machine.stack
    const others = [...kernel.processes.keys()].filter((id) => id !== kernel.running.id)
    if (others.length === 0) return
    this.operate({ id: 'exit', arguments: [] })
    this.machine.cpus.forEach((_, cpu) =>
      this.operate({ id: 'run', arguments: [cpu, others[a % others.length]] })
    )
  }

  private exec(): void {
    this.operate({ id: 'exec', arguments: [] })
    this.operate({ id: 'mmap', arguments: [ORIGIN, GRID * 20, PROTECT_WRITE, 0] })
  }

  /** What the host does to its guests. */
  private befall(a: number, b: number, c: number): void {
    const depth = this.machine.stack.layers.length
    const hypervisors = depth - 1
    if (hypervisors === 0 || a % 7 === 0) return this.operate({ id: 'compact', arguments: [b % depth] })
    const hypervisor = b % hypervisors
    if (a % 7 === 1) return this.operate({ id: 'balloon', arguments: [hypervisor, c % 3000] })
    if (a % 7 === 2) return this.operate({ id: 'deflate', arguments: [hypervisor, c % 3000] })
    if (a % 7 === 3) return this.operate({ id: 'reclaim', arguments: [c % 200] })
    if (a % 7 === 4) return this.operate({ id: 'migrate', arguments: [c % 4] })
    if (a % 7 === 5) return this.operate({ id: 'forge', arguments: [c % FORGERIES.length] })
    return this.operate({ id: 'fail', arguments: [c % 9] })
  }

  private turn(a: number, b: number): void {
    this.machine.stack.shadows.look()
    if (!this.machine.design.info.hasRegisters) return
    if (a % 2 === 0) this.machine.setDmt(b % 2 === 0)
    else this.machine.setCooperation(b % 2 === 0)
  }

  private operate(operation: Operation): void {
    const end = writeOperation(this.batch, 0, operation)
    this.lane.run(this.batch, 0, end)
  }
}
