import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BenchResult } from './bench-case'

/** Measures one case in a process of its own. */
export async function runCase(name: string): Promise<BenchResult> {
  const entry = fileURLToPath(new URL('./bench-case.js', import.meta.url))
  const child = fork(entry, [name], { execArgv: ['--expose-gc'] })
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`bench: the process of ${name} ended with code ${code}`)
  })
  const [result] = (await Promise.race([once(child, 'message'), failed])) as [BenchResult]
  return result
}
