/** `npm run bench`: measures every case, or those whose name holds --only; --json prints one object. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { FIGURES, FIGURE_NAMES, type BenchResult } from './bench-case'
import { BENCH_CASES } from './cases'

async function inProcess(name: string): Promise<BenchResult> {
  const child = fork(fileURLToPath(new URL('./bench-case.js', import.meta.url)), [name], {
    execArgv: ['--expose-gc']
  })
  const [result] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`bench: the process of ${name} ended with code ${code}`)
    })
  ])) as [BenchResult]
  return result
}

function lineOf(result: BenchResult): string {
  const figures = FIGURE_NAMES.filter((figure) => result[figure] !== undefined)
  const texts = figures.map((figure) => `${result[figure]} ${FIGURES[figure].unit}`)
  return `${result.name.padEnd(40)} ${texts.join('   ')}\n`
}

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
  const result = await inProcess(one.name)
  results.push(result)
  if (!options.json) process.stdout.write(lineOf(result))
}
if (options.json) process.stdout.write(JSON.stringify({ schema: 'dmt-lab/bench@1', results }) + '\n')
