/** Hits and misses of the three TLBs, each as the simulator published with DMT counts them. */
import { TLB_FIRST_LEVEL, TLB_MISS, type TlbHit } from '../hardware/tlb/tlb'

export interface TlbLine {
  readonly name: 'TLB-L1I' | 'TLB-L1D' | 'TLB-L2'
  readonly hits: number
  readonly misses: number
  /** Hits in the level above, which never came here. */
  readonly childHits: number
}

export class TlbCounts {
  /** First-level hits and misses by kind: data, then instructions. */
  private readonly hits = [0, 0]
  private readonly misses = [0, 0]
  private sharedHits = 0
  private sharedMisses = 0

  count(isFetch: boolean, hit: TlbHit): void {
    const kind = isFetch ? 1 : 0
    if (hit === TLB_FIRST_LEVEL) {
      this.hits[kind]++
      return
    }
    this.misses[kind]++
    if (hit === TLB_MISS) this.sharedMisses++
    else this.sharedHits++
  }

  clear(): void {
    this.hits.fill(0)
    this.misses.fill(0)
    this.sharedHits = 0
    this.sharedMisses = 0
  }

  lines(): TlbLine[] {
    const first = (name: TlbLine['name'], kind: 0 | 1): TlbLine => ({
      name,
      hits: this.hits[kind],
      misses: this.misses[kind],
      childHits: 0
    })
    const childHits = this.hits[0] + this.hits[1]
    const shared: TlbLine = { name: 'TLB-L2', hits: this.sharedHits, misses: this.sharedMisses, childHits }
    return [first('TLB-L1I', 1), first('TLB-L1D', 0), shared]
  }
}
