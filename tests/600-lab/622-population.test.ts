import { describe, expect, it } from 'vitest'
import { runToEnd } from '@main/lab/run'
import type { Progress } from '@shared/model/snapshot'
import { InProcessHost } from '../builders/in-process-host'
import { aSpec } from '../builders/spec'

const SPEC = { footprint: '1GiB', references: 1000, lanes: ['radix', 'pvdmt'] }

/** Runs and calls it off at the first news of memory being populated, if asked to. */
async function populated(
  mayEnd: boolean
): Promise<{ progress: Progress[]; result: Awaited<ReturnType<typeof runToEnd>> }> {
  const stop = new AbortController()
  const progress: Progress[] = []
  const onProgress = (news: Progress): void => {
    if (news.task !== 'Populating memory') return
    progress.push(news)
    if (!mayEnd) stop.abort()
  }
  const result = await runToEnd(aSpec(SPEC), new InProcessHost(), { onProgress, signal: stop.signal })
  return { progress, result }
}

describe('populating memory', () => {
  it('tells how far it is, up to all pages', async () => {
    const { progress, result } = await populated(true)
    const last = progress[progress.length - 1]
    expect(progress[0].done).toBeLessThan(last.total)
    expect([last.done, last.unit]).toEqual([last.total, 'pages'])
    for (const lane of result.lanes) expect(lane.setUp.pages).toBe(last.total)
    expect(result.partial).toBe(false)
  })

  it('ends at the next slice when it is called off, with a partial result', async () => {
    const { progress, result } = await populated(false)
    expect(result.partialReason).toBe('cancelled while memory was being populated')
    for (const lane of result.lanes) {
      expect(lane.setUp.pages).toBeLessThan(progress[0].total)
      expect(lane.counters.references).toBe(0)
    }
  })
})
