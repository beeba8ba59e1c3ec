/**
 * The page-walk simulators of the paper over one trace, slow and plain: what the fast replay must agree with,
 * to the letter of its text.
 */
import { NaiveArtifactTlb, type NaiveLfuTable } from './naive-artifact-tlb'
import { NaiveArtifactWalker, pageOf, type DumpRow, type Rows, type Step } from './naive-artifact-walk'

export const READ = 0
export const WRITE = 1
export const FETCH = 2
export const PREFETCH = 3

export interface ArtifactRecord {
  readonly kind: number
  /** Bytes; 0 stands for 8. */
  readonly size: number
  readonly address: bigint
}

export interface ArtifactCase {
  readonly records: readonly ArtifactRecord[]
  readonly guest: readonly DumpRow[]
  /** null when the guest dump is a native one. */
  readonly host: readonly DumpRow[] | null
  readonly warmup: number
  readonly frameNumbers: boolean
}

const ORDER = ['MEMORY', 'L1', 'L2', 'LLC', 'WRONG', 'RANGE_HIT', 'RANGE_MISS', 'PWC', 'ZERO']

export class NaiveArtifactReplay {
  readonly tlb: NaiveArtifactTlb
  readonly walker = new NaiveArtifactWalker()
  readonly histogram = new Map<string, number>()
  private readonly guestRows: Rows
  private readonly hostRows: Rows | null
  private warmup: number

  constructor(given: ArtifactCase) {
    this.tlb = new NaiveArtifactTlb(given.warmup)
    this.warmup = given.warmup
    const columns = given.frameNumbers ? shifted : (row: DumpRow) => row
    this.guestRows = firstOfEach(given.guest.map((row) => ({ ...columns(row), page: row.page })))
    this.hostRows = given.host && firstOfEach(given.host.map(columns))
    for (const record of given.records) this.play(record)
  }

  get text(): string {
    const lines = [...this.histogram].sort(([a], [b]) => compare(a, b))
    const walks = lines.reduce((sum, [, count]) => sum + count, 0)
    return [
      line('TLB-L1I', this.tlb.instruction),
      line('TLB-L1D', this.tlb.data),
      line('TLB-L2', this.tlb.shared),
      `walks ${walks} distinct ${lines.length}`,
      '~~~~~~~~~~',
      ...lines.map(([steps, count]) => `${steps}\t${count}`),
      ''
    ].join('\n')
  }

  private play({ kind, size, address }: ArtifactRecord): void {
    this.tickStart()
    const isKnown = kind !== PREFETCH && this.tlb.use(kind === FETCH, address / 4096n)
    if (kind !== PREFETCH) this.tlb.tick()
    const guest = this.guestRows.get(pageOf(address))
    const data = guest && this.hostRows ? this.hostRows.get(pageOf(guest.base)) : guest
    if (!guest || !data) return
    if (!isKnown) this.count(this.walk(address, guest, data))
    const cache = kind === FETCH ? this.walker.l1i : this.walker.l1d
    cache.request(data.base + (address % 4096n), size || 8, kind === PREFETCH)
    this.tickEnd()
  }

  private walk(address: bigint, guest: DumpRow, data: DumpRow): Step[] {
    if (!this.hostRows) return this.walker.native(address, guest)
    return this.walker.virtualized(address, guest, data, this.hostRows)
  }

  private count(steps: Step[]): void {
    const key = [...steps, 'RANGE_HIT', ''].join(',')
    this.histogram.set(key, (this.histogram.get(key) ?? 0) + 1)
  }

  private tickStart(): void {
    if (this.warmup > 0) this.warmup--
  }

  /** Only this tick clears, and only when it is the one that ends the warm-up. */
  private tickEnd(): void {
    if (this.warmup === 0) return
    this.warmup--
    if (this.warmup > 0) return
    this.histogram.clear()
    this.walker.clearCounters()
  }
}

export const naiveArtifactText = (given: ArtifactCase): string => new NaiveArtifactReplay(given).text

function shifted({ page, tables, base }: DumpRow): DumpRow {
  const [root, second, third, leaf] = tables
  return {
    page: page << 12n,
    tables: [root << 12n, second << 12n, third << 12n, leaf << 12n],
    base: base << 12n
  }
}

function firstOfEach(rows: readonly DumpRow[]): Rows {
  return new Map([...rows].reverse().map((row) => [row.page, row]))
}

const line = (name: string, table: NaiveLfuTable): string =>
  `${name} hits ${table.hits} misses ${table.misses} child_hits ${table.childHits}`

/** First step most significant. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((steps) => steps.split(',').map((step) => ORDER.indexOf(step)))
  const different = left.findIndex((rank, i) => rank !== right[i])
  return different < 0 ? 0 : left[different] - right[different]
}
