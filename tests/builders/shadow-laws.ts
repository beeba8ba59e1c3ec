/** What a shadow table must say, worked out page by page from the tables it stands for; and changes of those tables. */
import type { Machine } from '@main/lab/machine'
import { MOVABLE } from '@main/software/frames/migrate-type'
import type { Shadow } from '@main/software/hypervisor/shadow'
import { clearLeaves } from '@main/software/space/table-ranges'
import { discard } from '@main/software/space/unmap'
import type { Frame } from '@shared/address/address'
import {
  ACCESSED,
  DIRTY,
  PAGE_SIZE_BIT,
  SHADOW_SWITCH,
  USER,
  WRITABLE,
  decodeEntry
} from '@shared/arch/entry'
import { expect } from 'vitest'

interface Naive {
  readonly frame: number
  readonly level: number
  readonly mayWrite: boolean
  readonly mayExecute: boolean
  readonly isDirty: boolean
}

/** The leaves of all tables of the chain, one after the other; null where one is missing. */
function combined(shadow: Shadow, page: number): Naive | null {
  let p = page
  let [level, mayWrite, mayExecute] = [5, true, true]
  let isDirty: boolean | null = null
  for (const { table } of shadow.chain) {
    const found = table.find(p)
    const leaf = decodeEntry(found.low, found.high)
    if (!leaf.present) return null
    mayWrite = mayWrite && leaf.writable
    mayExecute = mayExecute && !leaf.noExecute
    isDirty ??= leaf.dirty
    level = Math.min(level, found.level)
    p = leaf.frame + (p % 512 ** (found.level - 1))
  }
  return { frame: p, level, mayWrite, mayExecute, isDirty: isDirty === true }
}

/** The shadow's entries for the pages are what the tables say together, or absent; how many are there. */
export function checkShadow(shadow: Shadow, pages: Iterable<number>, tracksDirty: boolean): number {
  let present = 0
  for (const page of pages) {
    const found = shadow.table.find(page)
    const leaf = decodeEntry(found.low, found.high)
    const isSwitch = found.level > 1 && (found.low & SHADOW_SWITCH) !== 0
    if (!leaf.present || isSwitch) continue
    present++
    const naive = combined(shadow, page)
    const says = {
      frame: leaf.frame + (page % 512 ** (found.level - 1)),
      level: found.level,
      writable: leaf.writable,
      executable: !leaf.noExecute
    }
    expect(says, `page ${page}`).toEqual({
      frame: naive?.frame,
      level: naive?.level,
      writable: naive?.mayWrite && (naive.isDirty || !tracksDirty),
      executable: naive?.mayExecute
    })
  }
  return present
}

/** The page that a layer translates on the way from the innermost's page, or -1. */
export function pageAt({ stack }: Machine, layer: number, page: number): number {
  let p = page
  for (let k = stack.layers.length - 1; k > layer && p >= 0; k--) p = stack.layers[k].space.table.frameOf(p)
  return p
}

/** A layer puts a 4 KiB page of its space into another frame, as when it migrates memory, and flushes. */
export function movePage(machine: Machine, k: number, page: number): void {
  const layer = machine.stack.layers[k]
  const from = layer.space.table.frameOf(page)
  if (from < 0 || layer.space.table.leafLevelOf(page) > 1) return
  layer.frames.mover?.moveTo(from, layer.allocateFrame(MOVABLE))
}

/** The innermost layer unmaps a page, flushes and frees a 4 KiB frame, which may serve another page next. */
export function unmapPage(machine: Machine, page: number): void {
  const { inner } = machine.stack
  const { table } = inner.space
  if (table.leafLevelOf(page) > 0) discard(inner.space, page, 1)
}

/** Takes the flags from the innermost leaf of a page, as software that samples or protects does, and flushes. */
export function clearFlags(machine: Machine, page: number, flags: number): void {
  const { inner } = machine.stack
  const { table } = inner.space
  const { low, high } = table.find(page)
  if ((low & 1) === 0) return
  table.setLeafFlags(page, low & 0xfff & ~flags, high < 0)
  inner.shootdown(inner.space, page, 1)
  machine.tlb.flushAll()
}

const REACH = 512

/** A layer joins the 4 KiB pages around a page to one of 2 MiB, in frames that lie together, and flushes. */
export function joinPages(machine: Machine, k: number, page: number): void {
  const layer = machine.stack.layers[k]
  const { table, vmas, oracle } = layer.space
  const start = page - (page % REACH)
  const vma = vmas.find(start)
  if (!vma || start + REACH > vma.end || table.leafLevelOf(page) !== 1) return
  const base = layer.frames.allocate(9)
  if (base < 0) return
  const old: Frame[] = []
  for (let i = 0; i < REACH; i++) {
    const from = table.frameOf(start + i)
    if (from < 0) continue
    layer.entries.copyFrame(from as Frame, (base + i) as Frame)
    old.push(from as Frame)
  }
  clearLeaves(table, start, start + REACH, () => {})
  table.cut(start, 2, (f) => layer.releaseTable(f))
  table.map(start, base, 2, USER | ACCESSED | DIRTY | (vma.writable ? WRITABLE : 0), !vma.executable)
  layer.own(base, REACH, start)
  oracle?.set(start, base, REACH)
  layer.shootdown(layer.space, start, REACH)
  machine.tlb.flushAll()
  for (const f of old) {
    layer.entries.clear(f)
    layer.release(f, 1)
  }
}

/** A layer splits the page of 2 MiB that maps a page into small ones over the same frames, and flushes. */
export function splitPage(machine: Machine, k: number, page: number): void {
  const layer = machine.stack.layers[k]
  const { table } = layer.space
  const { low, high, level } = table.find(page)
  if (level !== 2 || (low & 1) === 0) return
  const start = page - (page % REACH)
  const base = table.frameOf(start)
  table.unmap(start)
  for (let i = 0; i < REACH; i++) table.map(start + i, base + i, 1, low & 0xfff & ~PAGE_SIZE_BIT, high < 0)
  layer.shootdown(layer.space, start, REACH)
  machine.tlb.flushAll()
}
