/** `npm run bench`: measures every case, or those whose name holds --only, and compares or records what came out. */
import { Command } from 'commander'
import { BENCH_SCHEMA, mergedBaseline, readBaseline, writeBaseline } from './baseline'
import type { BenchResult } from './bench-case'
import { BENCH_CASES } from './cases'
import { compared } from './compare'
import { isSameMachine, machineText, thisMachine } from './machine'
import { runCase } from './run-case'
import { comparisonTable, resultLine } from './text'

const NAMES = BENCH_CASES.map((one) => one.name)
/** Names without environment and design. */
const PARTS = [...new Set(NAMES.map((name) => name.replace(/-(native|virtualized|nested)-.*/, '')))]

const options = new Command('bench')
  .option('--json', 'print one JSON object instead of lines')
  .option('--only <name>', 'only cases whose name holds this')
  .option('--compare', 'print the ratios to bench/baseline.json')
  .option('--record', 'write the results into bench/baseline.json')
  .parse()
  .opts<{ json?: boolean; only?: string; compare?: boolean; record?: boolean }>()

function refuse(line: string): never {
  process.stderr.write(`bench: ${line}\n`)
  process.exit(2)
}

async function measureAll(names: readonly string[]): Promise<BenchResult[]> {
  const results: BenchResult[] = []
  for (const name of names) {
    const result = await runCase(name)
    results.push(result)
    if (!options.json) process.stdout.write(resultLine(result))
  }
  return results
}

const wanted = NAMES.filter((name) => name.includes(options.only ?? ''))
if (wanted.length === 0)
  refuse(`no case holds ${JSON.stringify(options.only)} (--only), name a part such as ${PARTS.join(', ')}`)
const baseline = await readBaseline()
if (options.compare && baseline === null)
  refuse('there is no baseline to compare with (bench/baseline.json), record one with --record')

const results = await measureAll(wanted)
if (options.json) process.stdout.write(JSON.stringify({ schema: BENCH_SCHEMA, results }) + '\n')

if (options.compare && baseline !== null) {
  const other = isSameMachine(baseline.machine, thisMachine()) ? '' : ', which is another machine'
  const text = `\nBaseline of ${machineText(baseline.machine)}${other}\n${comparisonTable(compared(results, baseline.results))}`
  // With --json stdout holds the object alone.
  ;(options.json ? process.stderr : process.stdout).write(text)
}
if (options.record) await writeBaseline(mergedBaseline(baseline, thisMachine(), results, NAMES))
