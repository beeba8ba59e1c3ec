/** The same engine without a window. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { RunResult } from './run-result'

const MOST_OUTPUT_BYTES = 64 * 2 ** 20

export async function labRun(...flags: readonly string[]): Promise<RunResult> {
  const args = ['out/main/cli.js', 'run', ...flags, '--quiet', '--json', '-']
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: MOST_OUTPUT_BYTES })
  return JSON.parse(stdout) as RunResult
}
