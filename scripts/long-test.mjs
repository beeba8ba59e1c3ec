/**
 * Random lives of processes on emulated machines, more and longer ones than in each test run, of another seed each
 * time. LIVES, LIFE_LENGTH and LIFE_SEED say otherwise. Prints the seed, and a short counterexample when a law breaks.
 */
import { succeeds, packageScript } from './lib/child.mjs'

const { LIVES = '5000', LIFE_LENGTH = '200', LIFE_SEED = String(Date.now() % 2 ** 31) } = process.env

process.stderr.write(`${LIVES} lives of ${LIFE_LENGTH} events, seed ${LIFE_SEED}\n`)
const test = 'tests/600-lab/650-living-machine.test.ts'
const env = { ...process.env, LIVES, LIFE_LENGTH, LIFE_SEED }
const isWell = succeeds(process.execPath, [packageScript('vitest/vitest.mjs'), 'run', test], { env })
process.exitCode = isWell ? 0 : 1
