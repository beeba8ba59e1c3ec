/** What each operation of a process does, and the one clause that the log says of it. */
import { formatAddress, page as pageNumber } from '@shared/address/address'
import { counted } from '@shared/format/counted'
import {
  ADVICE,
  PROTECT_EXECUTE,
  PROTECT_WRITE,
  type Advice,
  type OperationId
} from '@shared/model/operation'
import type { AddressSpace } from '../space/address-space'
import { adviseHuge, mapArea, protect, type Permissions } from '../space/areas'
import { splitRange } from '../space/huge'
import { move } from '../space/move'
import { collapse, scan } from '../space/promote'
import { discard, unmap } from '../space/unmap'
import { setBreak } from './heap'
import type { Kernel } from './kernel'

type SystemCall = (kernel: Kernel, args: readonly number[]) => string

const permissions = (protection: number): Permissions => ({
  writable: (protection & PROTECT_WRITE) !== 0,
  executable: (protection & PROTECT_EXECUTE) !== 0
})

const at = (start: number, pages: number): string => `${counted(pages, 'page')} at ${formatAddress(start)}`

const ADVISE: Record<Advice, (space: AddressSpace, start: number, pages: number) => void> = {
  dontneed: discard,
  hugepage: (space, start, pages) => adviseHuge(space, start, pages, 'always'),
  nohugepage: (space, start, pages) => adviseHuge(space, start, pages, 'never'),
  collapse,
  split: splitRange
}

/** @throws for a range that is none */
function range(id: string, start: number, pages: number): void {
  if (!(start >= 0) || !(pages > 0)) throw new Error(`${id}: ${pages} pages from page ${start} are no range`)
}

export const SYSTEM_CALLS = {
  mmap(kernel, [start, pages, protection, label]) {
    range('mmap', start, pages)
    mapArea(kernel.running.space, {
      start: pageNumber(start),
      end: pageNumber(start + pages),
      ...permissions(protection),
      name: kernel.labels[label] ?? `area ${label}`,
      mayHaveTea: true
    })
    return `mmap: ${at(start, pages)}`
  },
  munmap(kernel, [start, pages]) {
    range('munmap', start, pages)
    unmap(kernel.running.space, start, pages)
    return `munmap: ${at(start, pages)}`
  },
  mremap(kernel, [start, pages, to, newPages]) {
    range('mremap', start, pages)
    range('mremap', to, newPages)
    move(kernel.running.space, { start, pages, to, newPages })
    return `mremap: ${at(start, pages)} to ${at(to, newPages)}`
  },
  brk(kernel, [end]) {
    setBreak(kernel.running, end)
    return `brk: the heap ends at ${formatAddress(end)}`
  },
  mprotect(kernel, [start, pages, protection]) {
    range('mprotect', start, pages)
    protect(kernel.running.space, start, pages, permissions(protection))
    return `mprotect: ${at(start, pages)}`
  },
  madvise(kernel, [start, pages, number]) {
    range('madvise', start, pages)
    const advice = ADVICE[number]
    if (advice === undefined) throw new Error(`madvise: there is no advice ${number}`)
    ADVISE[advice](kernel.running.space, start, pages)
    return `madvise ${advice}: ${at(start, pages)}`
  },
  fork(kernel, [child]) {
    const parent = kernel.running.id
    kernel.fork(child)
    return `fork: process ${parent} made process ${child}`
  },
  exec(kernel) {
    kernel.exec()
    return `exec: process ${kernel.running.id} has an empty address space`
  },
  exit(kernel) {
    const { id } = kernel.running
    kernel.exit()
    return `exit: process ${id} ended`
  },
  /** A thread of the kernel, and no system call. */
  khugepaged(kernel, [pages]) {
    scan(kernel.running.space, pages, kernel.maxNone)
    return ''
  }
} as const satisfies Partial<Record<OperationId, SystemCall>>

export const isSystemCall = (id: OperationId): id is keyof typeof SYSTEM_CALLS => id in SYSTEM_CALLS
