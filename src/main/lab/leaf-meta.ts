/** What a TLB entry keeps of the leaves that a walk found: permissions, and whether all of them are dirty. */
import type { PageShift } from '../hardware/tlb/tlb-array'
import type { Walk } from '../hardware/walker/walk'

export const META_WRITABLE = 1
export const META_EXECUTABLE = 2
const META_PERMISSION = META_WRITABLE | META_EXECUTABLE
export const META_DIRTY = 4
/** The area may be written; that this page is still shared with another process is no difference to a reader. */
const META_COPY_ON_WRITE = 8

export const permissionOf = (meta: number): number =>
  (meta & META_COPY_ON_WRITE) === 0 ? meta & META_PERMISSION : (meta & META_PERMISSION) | META_WRITABLE

export const shiftOf = (leafLevel: number): PageShift => (leafLevel === 1 ? 0 : leafLevel === 2 ? 9 : 18)

export const metaOf = (walk: Walk): number =>
  (walk.writable ? META_WRITABLE : 0) |
  (walk.copyOnWrite ? META_COPY_ON_WRITE : 0) |
  (walk.executable ? META_EXECUTABLE : 0) |
  (walk.dirty ? META_DIRTY : 0)
