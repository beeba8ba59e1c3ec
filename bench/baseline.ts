/** The recorded baseline, bench/baseline.json: results, and the machine that they were measured on. */
import { readFile, writeFile } from 'node:fs/promises'
import type { BenchResult } from './bench-case'
import { isSameMachine, type MachineInfo } from './machine'

export const BENCH_SCHEMA = 'dmt-lab/bench@1'

/** Commands of the project run in its folder. */
const PATH = 'bench/baseline.json'

export interface Baseline {
  readonly schema: typeof BENCH_SCHEMA
  readonly machine: MachineInfo
  readonly results: readonly BenchResult[]
}

/** Null when none has been recorded. */
export async function readBaseline(): Promise<Baseline | null> {
  const text = await readFile(PATH, 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as Baseline)
}

export async function writeBaseline(baseline: Baseline): Promise<void> {
  await writeFile(PATH, JSON.stringify(baseline, null, 2) + '\n')
}

/**
 * The baseline with the new results in it, in the order of `names`. Older ones stay when the same machine measured
 * them and there is such a case still.
 */
export function mergedBaseline(
  older: Baseline | null,
  machine: MachineInfo,
  results: readonly BenchResult[],
  names: readonly string[]
): Baseline {
  const kept = older && isSameMachine(older.machine, machine) ? older.results : []
  const byName = new Map([...kept, ...results].map((result) => [result.name, result]))
  const ordered = names.flatMap((name) => byName.get(name) ?? [])
  return { schema: BENCH_SCHEMA, machine, results: ordered }
}
