/**
 * A machine whose processes are driven by system calls and touches, and what must hold of them: kept beside a naive
 * model of every process, and beside TLBs and walk caches that forget nothing they are not told to forget.
 */
import type { Machine } from '@main/lab/machine'
import type { AddressSpace } from '@main/software/space/address-space'
import type { Kernel } from '@main/software/process/kernel'
import { COPY_ON_WRITE, NO_EXECUTE_HIGH, PRESENT, WRITABLE } from '@shared/arch/entry'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import type { OperationId } from '@shared/model/operation'
import { expect } from 'vitest'
import { aMachine, type AreaInput } from './a-machine'
import { checkMemory, checkTranslations, pinnedFrames } from './stack-laws'

interface Permission {
  readonly w: boolean
  readonly x: boolean
}

/** What a process has, page by page. */
export class NaiveProcess {
  readonly areas = new Map<number, Permission>()
  readonly touched = new Set<number>()

  copy(): NaiveProcess {
    const copy = new NaiveProcess()
    for (const [p, permission] of this.areas) copy.areas.set(p, permission)
    for (const p of this.touched) copy.touched.add(p)
    return copy
  }

  map(start: number, pages: number, permission: Permission): void {
    for (let p = start; p < start + pages; p++) this.areas.set(p, permission)
    this.forget(start, pages)
  }

  unmap(start: number, pages: number): void {
    for (let p = start; p < start + pages; p++) this.areas.delete(p)
    this.forget(start, pages)
  }

  forget(start: number, pages: number): void {
    for (let p = start; p < start + pages; p++) this.touched.delete(p)
  }

  protect(start: number, pages: number, permission: Permission): void {
    for (let p = start; p < start + pages; p++) if (this.areas.has(p)) this.areas.set(p, permission)
  }

  move(start: number, pages: number, to: number, newPages: number): void {
    const permission = this.areas.get(start) as Permission
    const moved = [...this.touched].filter((p) => p >= start && p < start + Math.min(pages, newPages))
    if (to === start) {
      if (newPages < pages) this.unmap(start + newPages, pages - newPages)
      for (let p = start; p < start + newPages; p++) this.areas.set(p, permission)
      return
    }
    this.unmap(start, pages)
    this.map(to, newPages, permission)
    for (const p of moved) this.touched.add(p - start + to)
  }
}

interface Cached {
  readonly frame: number
  readonly w: boolean
  readonly x: boolean
}

/** Everything a CPU ever learned of a space and was not told to forget. */
class EverlastingCaches {
  readonly pages = new Map<number, Cached>()
  readonly tables = new Map<number, number>()
}

export class LivingMachine {
  readonly machine: Machine
  readonly kernel: Kernel
  readonly naive = new Map<number, NaiveProcess>()
  private readonly caches = new Map<AddressSpace, EverlastingCaches>()
  private readonly pinned: readonly number[]

  constructor(input: Record<string, unknown>, areas: readonly AreaInput[]) {
    this.machine = aMachine(input, areas)
    this.kernel = this.machine.stack.kernel
    this.pinned = pinnedFrames(this.machine)
    const first = new NaiveProcess()
    for (const { start, pages, writable = true, executable = false } of areas)
      first.map(start, pages, { w: writable, x: executable })
    this.naive.set(0, first)
    this.hookUp()
  }

  get space(): AddressSpace {
    return this.kernel.running.space
  }

  get model(): NaiveProcess {
    return this.naive.get(this.kernel.running.id) as NaiveProcess
  }

  call(id: OperationId, ...args: number[]): void {
    expect(this.kernel.perform({ id, arguments: args })).toBe(true)
    if (id === 'exec') this.machine.run(0, this.kernel.running.space)
  }

  /** An access of the running process, its faults served; the page is then in everlasting caches. */
  touch(page: number, access: number = LOAD): void {
    const { machine, space } = this
    machine.stack.populate(page, access === STORE)
    if (access === STORE && (space.table.find(page).low & WRITABLE) === 0) {
      space.layer.bookFault()
      space.handleFault(page, STORE, true)
      machine.stack.populate(page, true)
    }
    this.model.touched.add(page)
    const { low, high } = space.table.find(page)
    const caches = this.cachesOf(space)
    const x = (high & NO_EXECUTE_HIGH) === 0
    caches.pages.set(page, { frame: space.table.frameOf(page), w: (low & WRITABLE) !== 0, x })
    caches.tables.set(Math.floor(page / 512), space.table.tableOf(page, 1))
    expect(low & PRESENT).toBe(PRESENT)
    if (access === STORE) expect(low & WRITABLE, `page ${page} can be written`).toBe(WRITABLE)
    if (access === FETCH) expect(x).toBe(true)
  }

  run(id: number): void {
    this.machine.run(0, this.kernel.run(id).space)
  }

  check(): void {
    for (const { id, space } of this.kernel.processes.values()) {
      checkPages(space, this.naive.get(id) as NaiveProcess)
      checkCaches(space, this.cachesOf(space))
    }
  }

  /** Slower: every frame of every layer. */
  checkMemory(): void {
    checkMemory(this.machine, this.pinned)
  }

  /** Every process reaches its own pages, whichever way it is walked; `most` pages of each are tried. */
  checkWalks(most: number): void {
    for (const { id } of [...this.kernel.processes.values()]) {
      this.run(id)
      checkTranslations(this.machine, [...this.model.touched].slice(0, most))
    }
  }

  private cachesOf(space: AddressSpace): EverlastingCaches {
    let caches = this.caches.get(space)
    if (caches === undefined) this.caches.set(space, (caches = new EverlastingCaches()))
    return caches
  }

  private hookUp(): void {
    const { inner } = this.machine.stack
    const { onShootdown, onInvalidate, onProtect } = inner
    inner.onInvalidate = (space, start, pages) => {
      onInvalidate(space, start, pages)
      const { pages: cached } = this.cachesOf(space)
      for (const [p, { frame }] of [...cached]) {
        if (p < start || p >= start + pages) continue
        if (inner.frames.isFree(frame)) throw new Error(`frame ${frame} is free before page ${p} is invalid`)
        cached.delete(p)
      }
    }
    inner.onShootdown = () => {
      onShootdown()
      for (const { tables } of this.caches.values()) tables.clear()
    }
    inner.onProtect = () => {
      onProtect()
      for (const { pages } of this.caches.values()) pages.clear()
    }
    this.kernel.onRetire = (space) => this.caches.delete(space)
  }
}

/** Areas, pages and permissions are the model's; the oracle is what the table says. */
function checkPages(space: AddressSpace, model: NaiveProcess): void {
  const { vmas, table, oracle } = space
  const size = vmas.list().reduce((sum, vma) => sum + vma.end - vma.start, 0)
  expect(size, 'pages of areas').toBe(model.areas.size)
  let mapped = 0
  for (const [p, { w, x }] of model.areas) {
    const vma = vmas.find(p)
    if (vma?.writable !== w || vma.executable !== x) throw new Error(`page ${p}: permissions of its area`)
    const frame = table.frameOf(p)
    if (oracle?.get(p) !== frame) throw new Error(`page ${p}: table ${frame}, oracle ${oracle?.get(p)}`)
    if (frame < 0) {
      if (model.touched.has(p)) throw new Error(`page ${p} was lost`)
      continue
    }
    mapped++
    if (space.policy === '4K' && !model.touched.has(p)) throw new Error(`page ${p} was never touched`)
    checkLeaf(space, p, frame, { w, x })
  }
  expect(space.pagesMapped, 'pages mapped').toBe(mapped)
}

function checkLeaf(space: AddressSpace, p: number, frame: number, { w, x }: Permission): void {
  const { low, high } = space.table.find(p)
  const mayWrite = (low & (WRITABLE | COPY_ON_WRITE)) !== 0
  if (mayWrite !== w || ((high & NO_EXECUTE_HIGH) === 0) !== x) throw new Error(`page ${p}: permissions`)
  if ((low & WRITABLE) !== 0 && space.layer.shares.isShared(frame))
    throw new Error(`page ${p}: a shared frame can be written`)
}

/** Whatever was not invalidated is still right. */
function checkCaches(space: AddressSpace, { pages, tables }: EverlastingCaches): void {
  for (const [p, { frame, w, x }] of pages) {
    const { low, high } = space.table.find(p)
    if (space.table.frameOf(p) !== frame) throw new Error(`page ${p} is elsewhere and was not invalidated`)
    if (w && (low & WRITABLE) === 0) throw new Error(`page ${p} lost a permission and was not invalidated`)
    if (x && (high & NO_EXECUTE_HIGH) !== 0) throw new Error(`page ${p} lost a permission unseen`)
  }
  for (const [region, table] of tables)
    if (table >= 0 && space.table.tableOf(region * 512, 1) !== table)
      throw new Error(`the table of region ${region} moved or went, and walk caches were not told`)
}
