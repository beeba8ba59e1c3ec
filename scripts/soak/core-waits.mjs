/**
 * How long the threads that a frame passes through were ready to run and had no core, as Linux counts it for each
 * thread. Elsewhere nothing is known, and only the beacon in the page tells when the machine stood still.
 */
import { readdirSync, readFileSync } from 'node:fs'

const LOOK_MS = 40
const NS_PER_MS = 1e6
/** By their names in Linux, beside the main thread of each process. */
const HELPERS = ['Compositor', 'VizCompositorTh']

/**
 * Processes a frame passes: the page's, which has used the most time of all pages, the one that draws, the browser.
 * @param {import('@playwright/test').Browser} browser
 */
async function processesOfFrame(browser) {
  const devTools = await browser.newBrowserCDPSession()
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo')
  await devTools.detach()
  const pages = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime)
  const others = processInfo.filter(({ type }) => type === 'GPU' || type === 'browser')
  return [...pages.slice(0, 1), ...others].map(({ id }) => id)
}

/** @param {number} id of a process. @returns {string[]} folders of those threads, none where there is no such list */
function threadsOf(id) {
  const folder = `/proc/${id}/task`
  try {
    return readdirSync(folder)
      .filter(
        (thread) =>
          Number(thread) === id || HELPERS.includes(readFileSync(`${folder}/${thread}/comm`, 'utf8').trim())
      )
      .map((thread) => `${folder}/${thread}`)
  } catch {
    return []
  }
}

/** @param {string} thread */
function waitedMs(thread) {
  try {
    return Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[1]) / NS_PER_MS
  } catch {
    return NaN
  }
}

/**
 * Notes from now on how much of each short while the thread that waited longest waited; what `end` gives is in Unix time.
 * @param {import('@playwright/test').Browser} browser
 */
export async function watchWaits(browser) {
  const threads = (await processesOfFrame(browser)).flatMap(threadsOf)
  const sums = () => threads.map(waitedMs)
  /** @type {import('./judge.mjs').Wait[]} */
  const waits = []
  let [at, waited] = [Date.now(), sums()]
  const timer = setInterval(() => {
    const [now, next] = [Date.now(), sums()]
    const longest = next.reduce((most, sum, i) => Math.max(most, sum - waited[i] || 0), 0)
    if (longest >= 1) waits.push([at, now, longest])
    ;[at, waited] = [now, next]
  }, LOOK_MS)
  return {
    end() {
      clearInterval(timer)
      return waits
    }
  }
}
