/** Words of the tables that show what translation caches hold. */
import { PAGE_BYTES } from '@shared/address/address'
import { vpidOf, type Context } from '@shared/arch/context'
import { formatBytes } from '@shared/format/quantity'
import { LAYER_NAMES } from '@shared/model/environment'
import { META_DIRTY, META_EXECUTABLE, META_WRITABLE } from '../leaf-meta'
import type { Machine } from '../machine'

/** What so many pages are: "2 MiB". */
export const reachText = (pages: number): string => formatBytes(pages * PAGE_BYTES)

/** Whose translations carry a tag: of a process, or of the physical memory of a virtual machine. */
export function contextWords(machine: Machine): (context: number) => string {
  const processes = new Map(machine.contexts().map(({ space, context }) => [context as number, space.serial]))
  const inner = machine.stack.inner.name
  return (context) => {
    const process = processes.get(context)
    if (process !== undefined) return `process ${process} of ${inner}`
    return `memory of ${LAYER_NAMES[vpidOf(context as Context)] ?? 'a machine that is gone'}`
  }
}

/** "W X D": what a TLB entry allows, and that the leaf is dirty already. */
export const metaText = (meta: number): string =>
  [
    (meta & META_WRITABLE) !== 0 ? 'W' : '',
    (meta & META_EXECUTABLE) !== 0 ? 'X' : '',
    (meta & META_DIRTY) !== 0 ? 'D' : ''
  ]
    .filter((flag) => flag !== '')
    .join(' ')

/** A frame or what was found, with flags behind it where there are some. */
export const withFlags = (value: string, flags: string): string =>
  flags === '' ? value : `${value} ${flags}`
