/** Every case of the bench, in the order in which they run. */
import type { BenchCase } from './bench-case'
import { CONFORMANCE_CASES } from './measurements/conformance'
import { IMPORT_CASES } from './measurements/import'
import { LANE_SPEED_CASES } from './measurements/lane-speed'
import { POPULATION_CASES } from './measurements/population'
import { SNAPSHOT_CASES } from './measurements/snapshot'
import { STEP_CASES } from './measurements/step'
import { WORKER_START_CASES } from './measurements/worker-start'

export const BENCH_CASES: readonly BenchCase[] = [
  ...LANE_SPEED_CASES,
  ...CONFORMANCE_CASES,
  ...POPULATION_CASES,
  ...IMPORT_CASES,
  ...STEP_CASES,
  ...SNAPSHOT_CASES,
  ...WORKER_START_CASES
]
