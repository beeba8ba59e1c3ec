/** What a stream does, counted without knowing how it was made. */
import type { AccessSource, Area } from '@main/workloads/workload'
import { PAGE_BYTES } from '@shared/address/address'
import { FETCH, STORE } from '@shared/model/access'
import { areaNamed, type Access } from './a-stream'

/** The pages used last, by recency: what a fully associative TLB would hold. */
export class RecentPages {
  private readonly pages = new Set<number>()

  constructor(private readonly capacity: number) {}

  /** True when the page was there. */
  touch(page: number): boolean {
    const held = this.pages.delete(page)
    this.pages.add(page)
    if (this.pages.size > this.capacity) this.pages.delete(this.pages.values().next().value ?? 0)
    return held
  }
}

export const dataOf = (accesses: readonly Access[]): Access[] => accesses.filter((a) => a.kind !== FETCH)

export const instructionsPerDataReference = (accesses: readonly Access[]): number => {
  const data = dataOf(accesses).length
  return (accesses.length - data) / data
}

export const storeShare = (accesses: readonly Access[]): number => {
  const data = dataOf(accesses)
  return data.filter((a) => a.kind === STORE).length / data.length
}

/** Data references to pages that are not among the `capacity` used last. */
export function missesOf(accesses: readonly Access[], capacity: number): number {
  const recent = new RecentPages(capacity)
  return dataOf(accesses).filter(({ page }) => !recent.touch(page)).length
}

export const distinctPages = (accesses: readonly Access[]): number =>
  new Set(accesses.map((a) => a.page)).size

/** Bytes into an area; negative or beyond its end when the access is elsewhere. */
export const byteIn = (area: Area, access: Access): number =>
  (access.page - area.start) * PAGE_BYTES + access.offset

/** Accesses to one area, as bytes from its start. */
export function bytesIn(source: AccessSource, name: string, accesses: readonly Access[]): number[] {
  const area = areaNamed(source, name)
  return accesses.map((a) => byteIn(area, a)).filter((byte) => byte >= 0 && byte < area.pages * PAGE_BYTES)
}
