/** One step of one access, as a person takes it: from a lane that has run little, each step by itself. */
import { sizeText } from '@shared/model/quantity'
import type { Environment } from '@shared/model/environment'
import type { BenchCase, Measured } from '../bench-case'
import { laneSession } from './bench-session'
import { median, milliseconds, rounded } from './timing'

const BYTES = 4 * 2 ** 30
const STEPS = 2000

const SETUPS: readonly (readonly [Environment, string])[] = [
  ['native', 'radix'],
  ['virtualized', 'radix'],
  ['virtualized', 'pvdmt'],
  ['nested', 'radix']
]

export const STEP_CASES: readonly BenchCase[] = SETUPS.map(([environment, design]) => ({
  name: `step-${sizeText(BYTES)}-${environment}-${design}`,
  measure: () => Promise.resolve(measure(environment, design))
}))

function measure(environment: Environment, design: string): Measured {
  const session = laneSession(BYTES, environment, design)
  const runs = Array.from({ length: STEPS }, (_, i) => 1000 * milliseconds(() => session.run(0, i, i + 1)))
  return { microseconds: rounded(median(runs)), runs: [] }
}
