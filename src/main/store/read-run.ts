import { readRunResult } from '@shared/model/run-schema'
import type { RunResult } from '@shared/model/result'
import { UserError } from '@shared/model/user-error'
import { readJson } from './read-text'

const LARGEST_RUN = 256 * 2 ** 20

/** A result that `lab run --json` or a report wrote. */
export async function readRun(path: string): Promise<RunResult> {
  const read = readRunResult(await readJson(path, LARGEST_RUN))
  if ('run' in read) return read.run
  throw new UserError(
    `this is no result of a run: ${read.why} at ${read.where}`,
    path,
    'give the run.json of a run'
  )
}
