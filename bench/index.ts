/** `npm run bench`: measures every case, or those whose name holds --only; --json prints one object. */
import { once } from 'node:events'
import { Command } from 'commander'
import { BENCH_CASES, type BenchCase } from './cases'
import type { BenchResult } from './measure'
import createWorker from './worker?nodeWorker'

async function inThread(one: BenchCase): Promise<BenchResult> {
  const [result] = (await once(createWorker({ workerData: one }), 'message')) as [BenchResult]
  return result
}

const million = (n: number): string => (n / 1e6).toFixed(2).padStart(8) + ' M/s'

const options = new Command('bench')
  .option('--json', 'print one JSON object instead of a table')
  .option('--only <name>', 'only cases whose name holds this')
  .parse()
  .opts<{ json?: boolean; only?: string }>()

const wanted = BENCH_CASES.filter((one) => one.name.includes(options.only ?? ''))
if (wanted.length === 0) {
  const names = BENCH_CASES.map((one) => one.name).join(', ')
  process.stderr.write(
    `bench: no case holds ${JSON.stringify(options.only)} (--only), name one of ${names}\n`
  )
  process.exit(2)
}

const results: BenchResult[] = []
for (const one of wanted) {
  const result = await inThread(one)
  results.push(result)
  if (!options.json) {
    const line = `${result.name.padEnd(40)} ${million(result.referencesPerSecond)}   populated ${million(result.pagesPopulatedPerSecond)}\n`
    process.stdout.write(line)
  }
}
if (options.json) process.stdout.write(JSON.stringify({ schema: 'dmt-lab/bench@1', results }) + '\n')
