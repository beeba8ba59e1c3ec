import { btree } from './btree'
import { canneal } from './canneal'
import { graph500 } from './graph500'
import { gups } from './gups'
import { memcached } from './memcached'
import { pointerChase } from './pointer-chase'
import { redis } from './redis'
import { sequential } from './sequential'
import { strided } from './strided'
import type { Workload } from './workload'
import { xsbench } from './xsbench'
import { zipf } from './zipf'

/** Every workload of the lab: pickers, help and tests read this list. Adding one is a file and a line here. */
export const WORKLOADS: readonly Workload[] = [
  gups,
  btree,
  redis,
  memcached,
  canneal,
  graph500,
  xsbench,
  sequential,
  strided,
  zipf,
  pointerChase
]
