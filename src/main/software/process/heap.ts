/** The heap of a process, which brk moves the end of (Linux mm/mmap.c, brk). */
import { page as pageNumber } from '@shared/address/address'
import { growArea, mapArea } from '../space/areas'
import { unmap } from '../space/unmap'
import type { Vma } from '../space/vma-list'
import type { Process } from './process'

/** What the lab's workloads and what Linux call it. */
const HEAP_NAMES = ['heap', '[heap]']

/**
 * The heap ends at `end` from now on. A process that has none yet gets one that is empty there.
 * @throws when the end lies before the start, or another area is in the way
 */
export function setBreak(process: Process, end: number): void {
  const { space } = process
  const heap = heapOf(process)
  if (process.heapStart < 0) process.heapStart = heap?.start ?? end
  const start = process.heapStart
  if (end < start) throw new Error(`brk: page ${end} lies before the heap, which starts at page ${start}`)
  const before = heap?.end ?? start
  if (end < before) unmap(space, end, before - end)
  else if (end > before && heap) growArea(space, heap, pageNumber(end))
  else if (end > before) begin(process, start, end)
}

function heapOf({ space, heapStart }: Process): Vma | null {
  const areas = space.vmas.list().filter((vma) => HEAP_NAMES.includes(vma.name))
  return areas.filter((vma) => vma.start >= heapStart).at(-1) ?? null
}

function begin({ space }: Process, start: number, end: number): void {
  if (space.vmas.within(start, end).length > 0) throw new Error(`brk: an area lies at page ${start}`)
  mapArea(space, {
    start: pageNumber(start),
    end: pageNumber(end),
    writable: true,
    executable: false,
    name: 'heap',
    mayHaveTea: true
  })
}
