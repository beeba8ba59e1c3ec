/**
 * The table of guest TEAs, in memory that only L0 can reach: for each ID the machine
 * frames granted, their owner, and a generation that revocation bumps. Hardware reads it when a register is
 * loaded, so a walk needs no further reference.
 */

export interface GteaEntry {
  valid: boolean
  base: number
  pages: number
  /** Number of the layer whose registers may name it. */
  owner: number
  generation: number
}

export class GteaTable {
  private readonly entries: GteaEntry[] = []

  grant(base: number, pages: number, owner: number): number {
    const free = this.entries.findIndex((e) => !e.valid)
    const id = free >= 0 ? free : this.entries.length
    const generation = free >= 0 ? this.entries[free].generation : 0
    this.entries[id] = { valid: true, base, pages, owner, generation }
    return id
  }

  revoke(id: number): void {
    const entry = this.entries[id]
    if (!entry?.valid) throw new Error(`GteaTable.revoke: no grant has the ID ${id}`)
    entry.valid = false
    entry.generation++
  }

  /** Machine base for a register load, or -1 when ID, owner or bounds do not hold. */
  check(id: number, owner: number, offset: number, pages: number): number {
    const entry = this.entries[id]
    if (!entry?.valid || entry.owner !== owner) return -1
    if (offset < 0 || offset + pages > entry.pages) return -1
    return entry.base + offset
  }

  /** Looking only. */
  list(): readonly GteaEntry[] {
    return this.entries
  }
}
