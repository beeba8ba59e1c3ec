/**
 * Two lanes at full speed in a real browser for a long time: the page's memory stays as it is, no frame is late, keys
 * are answered, and the counters are those of the command line. Prints what it measured; fails where that is too much.
 *   --minutes N        how long is measured (60)
 *   --leg N            references of a first run, compared with the command line (10M)
 *   --compare WHAT     with the command line: `whole`, the run of all these minutes too, or `leg`, only the one before
 *   --json FILE        what was measured, for other programs
 */
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { giveUp, say } from './lib/console.mjs'
import { enterReferences, expectState, press } from './lib/lab-window.mjs'
import { exportedRun, focusTable, openWindow, setUp } from './soak/actions.mjs'
import { commandLineRun } from './soak/command-line.mjs'
import { watchWaits } from './soak/core-waits.mjs'
import { liveHeap } from './soak/heap.mjs'
import { judgeCounters, judgeFrames, judgeHeap, judgeInputs } from './soak/judge.mjs'

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('@playwright/test').CDPSession} CDPSession
 * @typedef {import('./soak/heap.mjs').Heap} Heap
 * @typedef {import('./soak/judge.mjs').Verdict} Verdict
 * @typedef {import('./soak/judge.mjs').Taken} Taken
 */

const LEG_TIMEOUT_MS = 600_000
const MINUTE_MS = 60_000
const LEAST_SAMPLE_MS = 30_000
/**
 * Code is in the heap too. Most of it is there after a minute; for some minutes more V8 turns what runs often into faster
 * code, which takes more room and comes once. So a long run is weighed from its first twelfth on.
 */
const LEAST_WARM_MS = 60_000
const WARM_SHARE = 1 / 12
/** However long the run: the page stands still for each. */
const MOST_SAMPLES = 12
const KEY_MS = 3000
/** References a millisecond that no machine reaches: a run must not end while it is measured. */
const MOST_SPEED = 10_000

function options() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '60' },
      leg: { type: 'string', default: '10000000' },
      compare: { type: 'string', default: 'whole' },
      json: { type: 'string' }
    }
  })
  const minutes = Number(values.minutes)
  if (!(minutes >= 1)) giveUp(`--minutes: ${values.minutes} is no number of at least 1`)
  const leg = Number(values.leg)
  if (!Number.isInteger(leg) || leg < 1) giveUp(`--leg: ${values.leg} is no number of references`)
  if (!['whole', 'leg'].includes(values.compare))
    giveUp(`--compare: ${values.compare} is neither whole nor leg`)
  return { minutes, leg, compare: values.compare, json: values.json }
}

/** A run of known length to its end, and the same on the command line. @param {Page} page @param {number} leg */
async function firstLeg(page, leg) {
  await enterReferences(page, leg)
  await press(page, 'Run')
  await expectState(page, 'Finished', LEG_TIMEOUT_MS)
  const run = await exportedRun(page)
  const expected = await commandLineRun(run.spec)
  return judgeCounters('counters', run.lanes, expected.lanes)
}

/** The heap, in a while that does not count. @param {CDPSession} devTools */
async function weighed(devTools) {
  await devTools.send('Runtime.evaluate', { expression: 'soak.breakFrom()' })
  const heap = await liveHeap(devTools)
  await devTools.send('Runtime.evaluate', { expression: 'soak.breakEnds()' })
  return heap
}

/**
 * What the probe noted while the work was done, and how long the page's main thread waited for a core.
 * @param {Page} page
 * @param {() => Promise<Heap[]>} work
 */
async function watched(page, work) {
  const browser = page.context().browser()
  if (!browser) throw new Error('the page has no browser')
  const watch = await watchWaits(browser)
  await page.evaluate('soak.restart()')
  const heap = await work()
  const noted = /** @type {Taken & { timeOrigin: number }} */ (await page.evaluate('soak.taken()'))
  const { timeOrigin, ...taken } = noted
  /** @type {import('./soak/judge.mjs').Wait[]} */
  const waits = watch.end().map(([from, to, ms]) => [from - timeOrigin, to - timeOrigin, ms])
  return { heap, taken: { ...taken, waits } }
}

/**
 * Nothing here looks elements up or evaluates through Playwright, whose scripts in the page would grow its heap.
 * Presses a key every few seconds; the heap, weighed from when the window is warm.
 * @param {Page} page
 * @param {number} until in Unix time
 */
async function measure(page, until) {
  const devTools = await page.context().newCDPSession(page)
  await focusTable(page)
  /** @type {Heap[]} */
  const heap = []
  let nextSample = Date.now() + Math.max(LEAST_WARM_MS, WARM_SHARE * (until - Date.now()))
  const everyMs = Math.max(LEAST_SAMPLE_MS, (until - nextSample) / MOST_SAMPLES)
  while (Date.now() < until) {
    // A table is opened and closed again, so that the heap is weighed on the same screen each time.
    for (const _ of ['open', 'close']) {
      await page.keyboard.press('Enter')
      await sleep(KEY_MS)
    }
    if (Date.now() < nextSample) continue
    heap.push(await weighed(devTools))
    nextSample += everyMs
  }
  return heap
}

/** The run as far as it came, and the command line's of as many references. @param {Page} page */
async function wholeRun(page) {
  const run = await exportedRun(page)
  const { references } = run.lanes[0].counters
  say(`Running ${references.toLocaleString('en-US')} references on the command line ...`)
  const expected = await commandLineRun({ ...run.spec, references })
  return judgeCounters('counters of the whole run', run.lanes, expected.lanes)
}

/** @param {Page} page @param {ReturnType<typeof options>} wanted */
async function soak(page, { minutes, leg, compare }) {
  await setUp(page)
  say(`A first leg of ${leg.toLocaleString('en-US')} references ...`)
  const verdict = await firstLeg(page, leg)
  await enterReferences(page, MOST_SPEED * minutes * MINUTE_MS)
  await press(page, 'Reset')
  await expectState(page, 'Ready')
  await press(page, 'Run')
  await expectState(page, 'Running')
  say(`${minutes} minutes ...`)
  const { heap, taken } = await watched(page, () => measure(page, Date.now() + minutes * MINUTE_MS))
  await press(page, 'Pause')
  await expectState(page, 'Paused')
  const whole = compare === 'whole' ? [await wholeRun(page)] : []
  return {
    verdicts: [judgeHeap(heap), judgeFrames(taken), judgeInputs(taken), verdict, ...whole],
    heap,
    taken
  }
}

const wanted = options()
const { page, close } = await openWindow()
try {
  const { verdicts, heap, taken } = await soak(page, wanted)
  for (const { name, passed, told } of verdicts)
    process.stdout.write(`${passed ? 'ok  ' : 'FAIL'} ${name}: ${told}\n`)
  if (wanted.json)
    writeFileSync(wanted.json, `${JSON.stringify({ ...wanted, verdicts, heap, taken }, null, 2)}\n`)
  process.exitCode = verdicts.every(({ passed }) => passed) ? 0 : 1
} finally {
  await close()
}
