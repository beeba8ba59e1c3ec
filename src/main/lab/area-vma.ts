import type { Vma } from '../software/space/vma-list'
import type { Area } from '../workloads/workload'

/** What workloads and memory maps call the area that grows downwards when it is touched below its start. */
const STACKS = ['stack', '[stack]']

/** An area of a stream as an area of the process that runs it. */
export function asVma(area: Area): Vma {
  const { start, pages, writable, executable, name } = area
  const end = (start + pages) as Vma['end']
  return { start, end, writable, executable, name, mayHaveTea: true, growsDown: STACKS.includes(name) }
}
