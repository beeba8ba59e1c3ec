/** What is measured: name, spec and stream of each case. Names are workload-footprint-environment-design. */
import { sizeText } from '@shared/model/quantity'
import type { Environment } from '@shared/model/environment'
import { DESIGNS } from '@main/designs'

export interface BenchCase {
  readonly name: string
  readonly workload: 'gups' | 'sequential' | 'zipf'
  readonly bytes: number
  readonly environment: Environment
  readonly design: string
}

const GIB = 2 ** 30

function cases(
  workload: BenchCase['workload'],
  bytes: number,
  environments: readonly Environment[]
): BenchCase[] {
  return environments.flatMap((environment) =>
    DESIGNS.filter((design) => design.info.environments.includes(environment)).map(({ info }) => ({
      name: `${workload}-${sizeText(bytes)}-${environment}-${info.id}`,
      workload,
      bytes,
      environment,
      design: info.id
    }))
  )
}

export const BENCH_CASES: readonly BenchCase[] = [
  ...cases('gups', 4 * GIB, ['native', 'virtualized', 'nested']),
  ...cases('sequential', 4 * GIB, ['virtualized']),
  ...cases('zipf', 4 * GIB, ['virtualized'])
]
