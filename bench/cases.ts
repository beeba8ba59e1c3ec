/** Every case of the bench, in the order in which they run. */
import type { BenchCase } from './bench-case'
import { LANE_SPEED_CASES } from './measurements/lane-speed'
import { POPULATION_CASES } from './measurements/population'

export const BENCH_CASES: readonly BenchCase[] = [...LANE_SPEED_CASES, ...POPULATION_CASES]
