/**
 * Runs in the page before the window's own scripts and notes what a person would feel: frames that came late, tasks
 * that held the main thread, and how long a key took to show. A worker ticks beside the main thread: when it stalls
 * too, the machine stood still and not the window.
 */
;(() => {
  const LATE_MS = 50
  const TICK_MS = 20
  const STALL_MS = 60
  const found = { frames: 0, intervals: [], late: [], tasks: [], stalls: [], inputs: [], breaks: [] }
  /** Frames an interval of so many milliseconds had, by whole milliseconds up to a second. */
  const histogram = new Uint32Array(1001)
  let before = performance.now()

  const onFrame = () => {
    const now = performance.now()
    const interval = now - before
    found.frames++
    histogram[Math.min(1000, Math.round(interval))]++
    if (interval > LATE_MS) found.late.push([before, now])
    before = now
    requestAnimationFrame(onFrame)
  }
  requestAnimationFrame(onFrame)

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      found.tasks.push([startTime, startTime + duration])
  }).observe({ type: 'longtask', buffered: true })

  const beacon = `let before = Date.now()
    setInterval(() => {
      const now = Date.now()
      if (now - before > ${STALL_MS}) postMessage([before, now])
      before = now
    }, ${TICK_MS})`
  const worker = new Worker(URL.createObjectURL(new Blob([beacon], { type: 'text/javascript' })))
  worker.onmessage = ({ data: [from, to] }) =>
    found.stalls.push([from - performance.timeOrigin, to - performance.timeOrigin])

  /** From the key, as the browser got it, to the frame after the one that shows what it did. */
  addEventListener(
    'keydown',
    ({ timeStamp, target }) => {
      const element = target.closest('[aria-expanded],[aria-pressed]')
      if (!element) return
      const state = () => element.getAttribute('aria-expanded') ?? element.getAttribute('aria-pressed')
      const was = state()
      const look = () => {
        if (state() === was) return requestAnimationFrame(look)
        requestAnimationFrame(() => found.inputs.push(performance.now() - timeStamp))
      }
      requestAnimationFrame(look)
    },
    { capture: true }
  )

  globalThis.soak = {
    /** What is measured in between is not the window's: a forced collection of garbage. */
    breakFrom: () => found.breaks.push([performance.now(), Infinity]),
    breakEnds: () => (found.breaks[found.breaks.length - 1][1] = performance.now() + TICK_MS),
    startedAt: performance.now(),
    /** Forgets all, and begins to measure. */
    restart() {
      for (const list of Object.values(found)) if (Array.isArray(list)) list.length = 0
      found.frames = 0
      histogram.fill(0)
      before = this.startedAt = performance.now()
    },
    taken() {
      return { ...found, intervals: [...histogram], milliseconds: performance.now() - this.startedAt }
    }
  }
})()
