import { canneal } from './canneal'
import { graph500 } from './graph500'
import { gups } from './gups'
import { pointerChase } from './pointer-chase'
import { sequential } from './sequential'
import { strided } from './strided'
import type { Workload } from './workload'
import { xsbench } from './xsbench'
import { zipf } from './zipf'

/** Every workload of the lab: pickers, help and tests read this list. Adding one is a file and a line here. */
export const WORKLOADS: readonly Workload[] = [
  gups,
  canneal,
  graph500,
  xsbench,
  sequential,
  strided,
  zipf,
  pointerChase
]
