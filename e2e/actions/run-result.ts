/** The parts of schema dmt-lab/run@1 that stories read. Its names are what other programs rely on. */
export interface LaneResult {
  readonly id: string
  readonly counters: Readonly<Record<string, number>>
  readonly derived: Readonly<Record<string, number>>
  readonly walkHistogram: readonly { readonly count: number }[]
  readonly digest: string
}

export interface RunResult {
  readonly schema: string
  readonly partial: boolean
  readonly spec: Readonly<Record<string, unknown>>
  readonly source: { readonly kind: string; readonly name?: string; readonly records: number }
  readonly lanes: readonly LaneResult[]
  readonly comparison: { readonly sameTranslations: boolean }
}

/** The laws of every result that this one breaks, in words; none is the only good answer. */
export function brokenLaws({ id, counters: c, walkHistogram }: LaneResult): string[] {
  const inHistogram = walkHistogram.reduce((sum, row) => sum + row.count, 0)
  const cycles = c.instructionCycles + c.dataCycles + c.walkStallCycles + c.softwareCycles
  const isDmt = id.includes('dmt')
  const laws: readonly [string, boolean][] = [
    ['references by kind', c.references === c.fetches + c.loads + c.stores + c.splits],
    ['second-level look-ups', c.stlbHits + c.stlbMisses === c.itlbMisses + c.dtlbMisses],
    ['walks are second-level misses', c.walks === c.stlbMisses],
    ['walks by kind', !isDmt || c.dmtWalks + c.fallbackWalks === c.walks],
    ['histogram', inHistogram === c.walks],
    ['all cycles', Math.abs(c.totalCycles - cycles) <= 1e-9 * c.totalCycles]
  ]
  return laws.filter(([, holds]) => !holds).map(([law]) => `${id}: ${law}`)
}
