/**
 * How long the page's main thread was ready to run and had no core, as Linux counts it for each thread. Elsewhere
 * nothing is known, and only the beacon in the page tells when the machine stood still.
 */
import { readFileSync } from 'node:fs'

const LOOK_MS = 40
const NS_PER_MS = 1e6

/**
 * Process of the page, whose main thread has the same number.
 * @param {import('@playwright/test').Browser} browser
 */
async function pageProcess(browser) {
  const devTools = await browser.newBrowserCDPSession()
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo')
  await devTools.detach()
  const pages = processInfo.filter(({ type }) => type === 'renderer')
  return pages.sort((a, b) => b.cpuTime - a.cpuTime)[0]?.id
}

/** @param {number} thread */
function waitedMs(thread) {
  try {
    return Number(readFileSync(`/proc/${thread}/task/${thread}/schedstat`, 'utf8').split(' ')[1]) / NS_PER_MS
  } catch {
    return NaN
  }
}

/**
 * Notes from now on how much of each short while the thread waited; what `end` gives is in Unix time.
 * @param {import('@playwright/test').Browser} browser
 */
export async function watchWaits(browser) {
  const thread = await pageProcess(browser)
  /** @type {import('./judge.mjs').Wait[]} */
  const waits = []
  let [at, waited] = [Date.now(), waitedMs(thread)]
  const timer = setInterval(() => {
    const [now, sum] = [Date.now(), waitedMs(thread)]
    if (sum - waited >= 1) waits.push([at, now, sum - waited])
    ;[at, waited] = [now, sum]
  }, LOOK_MS)
  return {
    end() {
      clearInterval(timer)
      return waits
    }
  }
}
