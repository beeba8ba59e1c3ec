/** A small fully associative cache of gTEA entries in one CPU, least recently used first out. */
import { gteaIndex, type GteaListener } from './gtea-table'

export class GteaCache implements GteaListener {
  /** IDs whose entries it holds, the least recently used first. */
  private readonly ids: number[] = []

  constructor(private readonly entries: number) {}

  /** Whether the entry of the ID is held; it is the most recent from now on. */
  lookup(id: number): boolean {
    const at = this.ids.indexOf(id)
    if (at < 0) return false
    this.ids.splice(at, 1)
    this.ids.push(id)
    return true
  }

  fill(id: number): void {
    if (this.entries === 0) return
    if (this.ids.length === this.entries) this.ids.shift()
    this.ids.push(id)
  }

  /** IDs whose entries it holds, the most recently used first; for panels. */
  held(): number[] {
    return [...this.ids].reverse()
  }

  forgetGtea(index: number): void {
    const at = this.ids.findIndex((id) => gteaIndex(id) === index)
    if (at >= 0) this.ids.splice(at, 1)
  }

  rereadGtea(index: number): void {
    this.forgetGtea(index)
  }

  renameGtea(from: number): void {
    this.forgetGtea(gteaIndex(from))
  }
}
