/**
 * Runs in the page before the window's own scripts and notes what a person would feel: frames that came late, tasks
 * that held the main thread, and how long a key took to show. A worker ticks beside the main thread: when it stalls
 * too, the machine stood still and not the window.
 */
;(() => {
  const LATE_MS = 50
  const TICK_MS = 20
  const STALL_MS = 60
  const MOST_SPANS = 1 << 16

  /** Spans of time, kept outside the heap that is weighed: what is noted must not look like growth. */
  function spanList() {
    const times = new Float64Array(2 * MOST_SPANS)
    let count = 0
    return {
      add(from, to) {
        times[2 * count] = from
        times[2 * count + 1] = to
        count++
      },
      clear: () => (count = 0),
      all() {
        if (count > MOST_SPANS) throw new RangeError(`more than ${MOST_SPANS} spans to note`)
        return Array.from({ length: count }, (_, i) => [times[2 * i], times[2 * i + 1]])
      }
    }
  }

  const [late, tasks, stalls, inputs, breaks] = Array.from({ length: 5 }, spanList)
  const spans = { late, tasks, stalls, inputs, breaks }
  let frames = 0
  let breakAt = 0
  /** Frames an interval of so many milliseconds had, by whole milliseconds up to a second. */
  const histogram = new Uint32Array(1001)
  let before = performance.now()

  const onFrame = () => {
    const now = performance.now()
    const interval = now - before
    frames++
    histogram[Math.min(1000, Math.round(interval))]++
    if (interval > LATE_MS) late.add(before, now)
    before = now
    requestAnimationFrame(onFrame)
  }
  requestAnimationFrame(onFrame)

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.add(startTime, startTime + duration)
  }).observe({ type: 'longtask', buffered: true })

  const beacon = `let before = Date.now()
    setInterval(() => {
      const now = Date.now()
      if (now - before > ${STALL_MS}) postMessage([before, now])
      before = now
    }, ${TICK_MS})`
  const worker = new Worker(URL.createObjectURL(new Blob([beacon], { type: 'text/javascript' })))
  worker.onmessage = ({ data: [from, to] }) =>
    stalls.add(from - performance.timeOrigin, to - performance.timeOrigin)

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
        requestAnimationFrame(() => inputs.add(timeStamp, performance.now()))
      }
      requestAnimationFrame(look)
    },
    { capture: true }
  )

  globalThis.soak = {
    /** What is measured in between is not the window's: a forced collection of garbage. */
    breakFrom: () => (breakAt = performance.now()),
    breakEnds: () => breaks.add(breakAt, performance.now() + TICK_MS),
    startedAt: performance.now(),
    /** Forgets all, and begins to measure. */
    restart() {
      for (const list of Object.values(spans)) list.clear()
      frames = 0
      histogram.fill(0)
      before = this.startedAt = performance.now()
    },
    taken() {
      return {
        ...Object.fromEntries(Object.entries(spans).map(([name, list]) => [name, list.all()])),
        frames,
        intervals: [...histogram],
        timeOrigin: performance.timeOrigin,
        milliseconds: performance.now() - this.startedAt
      }
    }
  }
})()
