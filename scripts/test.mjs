/** All checks of the project. The last line on stdout is `N passed, N failed`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageScript, runNode } from './lib/child.mjs'
import { checkCounts, countLine, playwrightCounts, soakCounts, sum, vitestCounts } from './lib/counts.mjs'
import { filesBelow } from './lib/fingerprint.mjs'
import { ROOT } from './lib/paths.mjs'

/**
 * @typedef {import('./lib/counts.mjs').Counts} Counts
 * @typedef {import('./lib/counts.mjs').VitestReport} VitestReport
 * @typedef {import('./lib/counts.mjs').PlaywrightReport} PlaywrightReport
 */

const CHECKS = [
  { name: 'lint', args: [packageScript('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'format', args: [packageScript('prettier/bin/prettier.cjs'), '--check', '.'] },
  {
    name: 'types of node',
    args: [packageScript('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.node.json']
  },
  {
    name: 'types of web',
    args: [packageScript('vue-tsc/bin/vue-tsc.js'), '--noEmit', '-p', 'tsconfig.web.json']
  }
]

/** @param {string} line */
const print = (line) => process.stdout.write(`${line}\n`)

/**
 * @param {string} name
 * @param {Counts} counts
 * @param {number} milliseconds
 * @returns {Counts}
 */
function reported(name, counts, milliseconds) {
  const outcome = counts.failed === 0 ? 'ok  ' : 'FAIL'
  print(`${outcome} ${name}: ${countLine(counts)} (${(milliseconds / 1000).toFixed(1)} s)`)
  return counts
}

/** @param {(typeof CHECKS)[number]} check */
async function runCheck({ name, args }) {
  const { code, milliseconds, output } = await runNode(args)
  if (code !== 0) print(output.trimEnd())
  return reported(name, checkCounts(code), milliseconds)
}

/** @param {readonly (typeof CHECKS)[number][]} checks one after the other */
async function runChecks(checks) {
  /** @type {Counts[]} */
  const counts = []
  for (const check of checks) counts.push(await runCheck(check))
  return counts
}

/**
 * @param {string} path
 * @returns {unknown} undefined when the runner wrote none
 */
function reportAt(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {string} folder */
async function runVitest(folder) {
  const report = join(folder, 'vitest.json')
  const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const { code, milliseconds } = await runNode([packageScript('vitest/vitest.mjs'), ...args], { show: true })
  return reported(
    'unit',
    vitestCounts(/** @type {VitestReport | undefined} */ (reportAt(report)), code),
    milliseconds
  )
}

/** @param {string} folder */
async function runPlaywright(folder) {
  if (!filesBelow(join(ROOT, 'e2e')).some((file) => /\.(test|spec)\.ts$/.test(file))) {
    print('skip stories: e2e/ holds none')
    return { passed: 0, failed: 0 }
  }
  const report = join(folder, 'playwright.json')
  const args = [packageScript('@playwright/test/cli.js'), 'test', '--reporter=list,json']
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const { code, milliseconds } = await runNode(args, { show: true, env })
  return reported(
    'stories',
    playwrightCounts(/** @type {PlaywrightReport | undefined} */ (reportAt(report)), code),
    milliseconds
  )
}

/** CI ends whatever takes 20 minutes; what comes after the soak's own minutes takes its time too. */
const CI_MINUTES = 19
const SOAK_OVERHEAD_MINUTES = 0.7
const MOST_SOAK_MINUTES = 5

/** What is left in CI, five minutes at most; elsewhere there is a soak only where it is asked for. */
function soakMinutes() {
  const { DMT_LAB_SOAK_MINUTES: asked, DMT_LAB_CI_STARTED: started } = process.env
  if (asked !== undefined) return Number(asked)
  if (started === undefined) return 0
  const left = CI_MINUTES - SOAK_OVERHEAD_MINUTES - (Date.now() / 1000 - Number(started)) / 60
  return Math.min(MOST_SOAK_MINUTES, Math.floor(left))
}

/** References that are run on the command line too. */
const SOAK_LEG = '2000000'

/** @param {string} folder */
async function runSoak(folder) {
  const minutes = soakMinutes()
  if (!(minutes >= 1)) {
    print('skip soak: no time is left in CI, or DMT_LAB_SOAK_MINUTES is not set')
    return { passed: 0, failed: 0 }
  }
  const report = join(folder, 'soak.json')
  const args = [
    join(ROOT, 'scripts/soak.mjs'),
    '--minutes',
    String(minutes),
    '--leg',
    SOAK_LEG,
    '--compare',
    'leg',
    '--json',
    report
  ]
  const { code, milliseconds } = await runNode(args, { show: true })
  return reported(
    'soak',
    soakCounts(/** @type {Parameters<typeof soakCounts>[0]} */ (reportAt(report)), code),
    milliseconds
  )
}

const folder = mkdtempSync(join(tmpdir(), 'dmt-lab-test-'))
/** @type {Counts[]} */
const all = []
try {
  // Lint takes as long as all other checks together, and one core; what comes after them need not wait for it.
  const [lint, ...others] = CHECKS
  const beside = runCheck(lint)
  all.push(...(await runChecks(others)), await runVitest(folder), await beside)
  all.push(await runPlaywright(folder), await runSoak(folder))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const total = sum(all)
process.exitCode = total.failed === 0 ? 0 : 1
print(countLine(total))
