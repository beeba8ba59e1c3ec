/** The TLBs of the paper's simulators: 4 KiB pages, least frequently used, each set a list of ways. */
interface Way {
  page: bigint | null
  uses: number
}

export class NaiveLfuTable {
  hits = 0
  misses = 0
  childHits = 0
  private readonly ways: Way[][]

  constructor(entries: number, ways: number) {
    this.ways = Array.from({ length: entries / ways }, () =>
      Array.from({ length: ways }, () => ({ page: null, uses: 0 }))
    )
  }

  /** Looks up and, on a miss, fills. */
  use(page: bigint): boolean {
    const set = this.ways[Number(page % BigInt(this.ways.length))]
    const found = set.find((way) => way.page === page)
    if (found) found.uses++
    else Object.assign(victim(set), { page, uses: 1 })
    if (found) this.hits++
    else this.misses++
    return found !== undefined
  }

  clearCounters(): void {
    this.hits = this.misses = this.childHits = 0
  }
}

function victim(set: Way[]): Way {
  const fewest = Math.min(...set.map((way) => way.uses))
  const found = set.find((way) => way.page === null) ?? set.find((way) => way.uses === fewest)
  if (!found) throw new Error('a set has no ways')
  return found
}

export class NaiveArtifactTlb {
  readonly instruction = new NaiveLfuTable(128, 8)
  readonly data = new NaiveLfuTable(64, 4)
  readonly shared = new NaiveLfuTable(1536, 12)

  /** @param warmup so many records are not in the counters, once the last of them is done */
  constructor(private warmup: number) {}

  /** At the end of each record that has looked something up. */
  tick(): void {
    if (this.warmup > 0 && --this.warmup === 0) this.clearCounters()
  }

  /** True when either level knows the page. */
  use(isFetch: boolean, page: bigint): boolean {
    const first = isFetch ? this.instruction : this.data
    const isHit = first.use(page)
    if (isHit) this.shared.childHits++
    return isHit || this.shared.use(page)
  }

  private clearCounters(): void {
    for (const table of [this.instruction, this.data, this.shared]) table.clearCounters()
  }
}
