/** The command line starts a worker for each lane; the same run in one thread gives the same counters. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { runToEnd } from '@main/lab/run'
import type { RunResult } from '@shared/model/result'
import { beforeAll, expect, it } from 'vitest'
import { aBuild } from '../../builders/built'
import { InProcessHost } from '../../builders/in-process-host'
import { aSpec } from '../../builders/spec'

beforeAll(aBuild, 120_000)

const LANES = ['radix', 'dmt', 'pvdmt']
const SPEC = { environment: 'nested', workload: 'zipf', footprint: '16MiB', references: 20_000, warmup: 1000 }

async function inWorkers(lanes: readonly string[]): Promise<RunResult> {
  const flags = Object.entries(SPEC).flatMap(([name, value]) => [`--${name}`, String(value)])
  const args = ['out/main/cli.js', 'run', ...flags, '--lanes', lanes.join(','), '--json', '-', '--quiet']
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 })
  return JSON.parse(stdout) as RunResult
}

const inOneThread = (): Promise<RunResult> =>
  runToEnd(aSpec({ ...SPEC, lanes: LANES }), new InProcessHost(), {
    onProgress: () => undefined,
    signal: new AbortController().signal
  })

it('lanes give the same counters in one thread, in three workers, and each alone', async () => {
  const [together, threaded] = [await inOneThread(), await inWorkers(LANES)]
  expect(threaded.lanes.map((lane) => lane.counters)).toEqual(together.lanes.map((lane) => lane.counters))
  expect(threaded.lanes.map((lane) => lane.digest)).toEqual(together.lanes.map((lane) => lane.digest))
  for (const [i, design] of LANES.entries()) {
    const alone = await inWorkers([design])
    expect(alone.lanes[0].counters).toEqual(together.lanes[i].counters)
    expect(alone.lanes[0].walkHistogram).toEqual(together.lanes[i].walkHistogram)
  }
})
