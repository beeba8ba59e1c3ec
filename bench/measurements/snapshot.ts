/** What the window's news of a lane costs its worker: the snapshot and its copy across the thread boundary. */
import { sizeText } from '@shared/model/quantity'
import type { Environment } from '@shared/model/environment'
import type { BenchCase, Measured } from '../bench-case'
import { BATCH, laneSession } from './bench-session'
import { median, milliseconds, rounded } from './timing'

const BYTES = 4 * 2 ** 30
const SNAPSHOTS = 200
/** What a lane runs between two snapshots, about 50 ms. */
const REFERENCES = 50_000

const SETUPS: readonly (readonly [Environment, string])[] = [
  ['virtualized', 'radix'],
  ['virtualized', 'pvdmt'],
  ['nested', 'pvdmt']
]

export const SNAPSHOT_CASES: readonly BenchCase[] = SETUPS.map(([environment, design]) => ({
  name: `snapshot-${sizeText(BYTES)}-${environment}-${design}`,
  measure: () => Promise.resolve(measure(environment, design))
}))

function measure(environment: Environment, design: string): Measured {
  const session = laneSession(BYTES, environment, design)
  const runs = Array.from({ length: SNAPSHOTS }, (_, i) => {
    const from = (i * REFERENCES) % BATCH
    session.run(0, from, from + REFERENCES)
    return 1000 * milliseconds(() => structuredClone(session.snapshot()))
  })
  return { microseconds: rounded(median(runs)), runs: [] }
}
