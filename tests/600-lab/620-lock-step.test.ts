/** A session over lanes behind ports: pausing, stepping, switching, cancelling, failing, closing. */
import { afterEach, describe, expect, it } from 'vitest'
import { Session } from '@main/lab/session/session'
import type { RunResult } from '@shared/model/result'
import type { Snapshot } from '@shared/model/snapshot'
import { InProcessHost } from '../builders/in-process-host'
import { checkResultLaws, smallSpec } from '../builders/a-lane'

interface Scene {
  readonly session: Session
  readonly host: InProcessHost
  readonly snapshots: Snapshot[]
  readonly failures: string[]
}

const open: Session[] = []
afterEach(async () => {
  for (const session of open.splice(0)) await session.close()
})

async function aSession(input: Record<string, unknown> = {}): Promise<Scene> {
  const host = new InProcessHost()
  const snapshots: Snapshot[] = []
  const failures: string[] = []
  const spec = smallSpec({ lanes: ['radix', 'pvdmt'], references: 4000, ...input })
  const session = await Session.prepare(
    spec,
    host,
    { snapshot: (s) => void snapshots.push(s), failed: (message) => void failures.push(message) },
    () => undefined,
    new AbortController().signal
  )
  open.push(session)
  return { session, host, snapshots, failures }
}

const resultOf = async (input: Record<string, unknown>): Promise<RunResult> => {
  const { session } = await aSession(input)
  await session.run()
  return session.result()
}

const references = (scene: Scene): number => scene.snapshots.at(-1)?.references ?? -1

describe('lanes in lock step', () => {
  it('run to the end, each with its laws, and reach the same pages', async () => {
    const result = await resultOf({ lanes: ['radix', 'dmt', 'pvdmt', 'ideal'] })
    expect([result.partial, result.comparison.sameTranslations]).toEqual([false, true])
    for (const lane of result.lanes) {
      checkResultLaws(lane)
      expect(lane.counters.references).toBe(4000)
    }
    expect(result.lanes[2].derived.coveredReferencesPerWalk).toBe(2)
    expect(result.comparison.pageWalkSpeedup.pvdmt).toBeGreaterThan(1)
  })

  it('two lanes of one design have equal counters and digests', async () => {
    const { lanes } = await resultOf({ lanes: ['pvdmt', 'pvdmt'] })
    expect(lanes.map((l) => l.id)).toEqual(['pvdmt', 'pvdmt-2'])
    expect(lanes[1].counters).toEqual(lanes[0].counters)
    expect(lanes[1].digest).toBe(lanes[0].digest)
  })

  it('stepped, they end as when run at once', async () => {
    const atOnce = await resultOf({})
    const { session } = await aSession()
    for (const accesses of [1, 2, 500, 1]) await session.step(accesses)
    await session.stepToWalk()
    await session.run()
    const stepped = await session.result()
    expect(stepped.lanes).toEqual(atOnce.lanes)
  })
})

describe('commands', () => {
  it('a step runs just so many accesses and pauses', async () => {
    const scene = await aSession()
    await scene.session.step(7)
    expect([references(scene), scene.session.state]).toEqual([7, 'paused'])
    await scene.session.step(1)
    expect(references(scene)).toBe(8)
    expect(await scene.session.result()).toMatchObject({
      partial: true,
      partialReason: 'the run had not ended'
    })
  })

  it('a step to the next walk stops at the access that walks', async () => {
    const scene = await aSession()
    await scene.session.stepToWalk()
    const { lanes, references: at } = scene.snapshots.at(-1) as Snapshot
    expect(lanes.some((lane) => lane.latestWalk?.reference === at)).toBe(true)
  })

  it('a step right after a pause does not let the run go on beside it', async () => {
    const scene = await aSession()
    const { session } = scene
    session.setSpeed(2)
    void session.run()
    await new Promise((resolve) => setTimeout(resolve, 30))
    void session.pause()
    session.setSpeed(1.2)
    await session.step(2)
    expect([references(scene), session.state]).toEqual([3, 'paused'])
  })

  it('a limit of speed holds, and a pause is answered at once', async () => {
    const scene = await aSession()
    scene.session.setSpeed(1)
    void scene.session.run()
    await new Promise((resolve) => setTimeout(resolve, 60))
    await scene.session.pause()
    expect(references(scene)).toBe(1)
  })

  it('cancelled, the result is partial and says why; nothing runs on', async () => {
    const scene = await aSession()
    await scene.session.step(100)
    await scene.session.cancel('cancelled')
    await scene.session.run()
    expect(references(scene)).toBe(100)
    const result = await scene.session.result()
    expect([result.partial, result.partialReason, result.lanes[0].counters.references]).toEqual([
      true,
      'cancelled',
      100
    ])
  })

  it('switches take effect between accesses, leave marks, and change no translation', async () => {
    const scene = await aSession({ environment: 'nested', warmup: 100 })
    const { session } = scene
    await session.step(200)
    await session.setDmt(1, false)
    await session.step(100)
    await session.setCooperation(false)
    await session.setDmt(0, true)
    await session.step(100)
    await session.setDmt(1, true)
    await session.setCooperation(true)
    await session.run()
    const result = await session.result()
    expect([result.partial, result.comparison.sameTranslations]).toEqual([false, true])
    for (const lane of result.lanes) checkResultLaws(lane)
    expect(scene.snapshots.at(-1)?.markers).toEqual([
      { reference: 100, lane: null, kind: 'warm-up-end' },
      { reference: 200, lane: 1, kind: 'dmt-off' },
      { reference: 300, lane: null, kind: 'cooperation-off' },
      { reference: 300, lane: 0, kind: 'dmt-on' },
      { reference: 400, lane: 1, kind: 'dmt-on' },
      { reference: 400, lane: null, kind: 'cooperation-on' }
    ])
  })

  it('refuses registers to a lane whose design has none', async () => {
    const { session } = await aSession({ lanes: ['radix', 'ideal'] })
    await expect(session.setDmt(1, true)).rejects.toThrow('ideal has no registers to switch (lane 2)')
    await expect(session.setDmt(7, true)).rejects.toThrow('there is no lane 8')
  })

  it('keeps the slowest walks of the first lane beside what the other lane did', async () => {
    const scene = await aSession({ references: 3000 })
    for (let i = 0; i < 30; i++) await scene.session.step(100)
    const [first, second] = (scene.snapshots.at(-1) as Snapshot).lanes.map((lane) => lane.slowest)
    expect(first.length).toBeGreaterThan(3)
    expect(first.map((w) => w.cycles)).toEqual(first.map((w) => w.cycles).sort((a, b) => b - a))
    expect(second.map((w) => w.reference)).toEqual(first.map((w) => w.reference))
    const [a, b] = await scene.session.walks({ which: 'slowest' })
    expect([a?.reference, b?.reference, a?.steps.length]).toEqual([
      first[0].reference,
      first[0].reference,
      expect.any(Number)
    ])
  })

  it('looking changes nothing', async () => {
    const quiet = await resultOf({})
    const { session } = await aSession()
    for (let i = 0; i < 8; i++) {
      await session.step(500)
      for (const which of ['latest', 'slowest', 'fault'] as const) {
        await session.walks({ which })
        await session.walks({ which, cold: true })
      }
      await session.walks({ which: 'address', address: '0x7f0000123abc' })
      const { cycles } = await session.histogram(1)
      for (const bucket of cycles) await session.walks({ which: 'bucket', lane: 1, bucket })
      await session.snapshotNow()
      await session.walkList(1)
      await session.laneEvents(0, 0)
      await session.result()
    }
    await session.run()
    expect((await session.result()).lanes).toEqual(quiet.lanes)
  })
})

describe('a lane that breaks', () => {
  it('fails the session with one line, and nothing hangs', async () => {
    const scene = await aSession({ references: 2_000_000 })
    const running = scene.session.run()
    await new Promise((resolve) => setTimeout(resolve, 10))
    scene.host.ports[1].die(new Error('the thread ran out of heap'))
    await running
    expect([scene.session.state, scene.failures]).toEqual(['failed', ['the thread ran out of heap']])
    await scene.session.pause()
    await scene.session.cancel('cancelled')
    expect([scene.session.state, scene.session.failure?.message]).toEqual([
      'failed',
      'the thread ran out of heap'
    ])
  })

  it('while it is being prepared, is told to whoever prepares, and leaves no port open', async () => {
    const host = new InProcessHost()
    const failures: string[] = []
    const events = {
      snapshot: () => undefined,
      failed: (message: string): void => void failures.push(message)
    }
    const report = (): void => {
      host.ports[0].die(new Error('the thread ran out of heap'))
    }
    const preparing = Session.prepare(
      smallSpec({ footprint: '512MiB' }),
      host,
      events,
      report,
      new AbortController().signal
    )
    await expect(preparing).rejects.toThrow('the thread ran out of heap')
    expect(host.ports.map((port) => port.closed)).toEqual([true, true])
    expect(failures).toEqual([])
  })

  it('closing a session frees its ports', async () => {
    const { session, host } = await aSession()
    await session.close()
    expect(host.ports.map((port) => port.closed)).toEqual([true, true])
  })
})
