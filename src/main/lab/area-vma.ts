import type { Vma } from '../software/space/vma-list'
import type { Area } from '../workloads/workload'

/** An area of a stream as an area of the process that runs it. */
export function asVma(area: Area): Vma {
  const { start, pages, writable, executable, name } = area
  return { start, end: (start + pages) as Vma['end'], writable, executable, name, mayHaveTea: true }
}
