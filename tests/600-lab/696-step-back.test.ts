/** A session that goes back: by a kept point or from the start, and what is then told of it. */
import { describe, expect, it } from 'vitest'
import type { SessionLab } from '@main/lab/ports'
import type { RunResult } from '@shared/model/result'
import { SERIES_WIDTH, type Snapshot } from '@shared/model/snapshot'
import { InProcessHost } from '../builders/in-process-host'
import { useLabs } from '../builders/labs'

const SPEC = {
  profile: 'tiny',
  footprint: '8MiB',
  references: 4000,
  warmup: 300,
  tea: { minVmaMiB: 1 },
  verify: true,
  lanes: ['radix', 'pvdmt']
}

interface Scene {
  readonly lab: SessionLab
  readonly snapshots: Snapshot[]
  readonly tasks: Set<string>
}

const openLab = useLabs()

async function aScene(spec: Record<string, unknown> = {}): Promise<Scene> {
  const snapshots: Snapshot[] = []
  const tasks = new Set<string>()
  const lab = openLab(new InProcessHost(), {
    'session/snapshot': (snapshot) => void snapshots.push(snapshot),
    'session/progress': (progress) => void (progress && tasks.add(progress.task))
  })
  await lab.calls['session/prepare']({ ...SPEC, ...spec })
  return { lab, snapshots, tasks }
}

/** Waits for the pause at the end of steps: looking takes its turn behind them. */
async function step({ lab, snapshots }: Scene, accesses: number): Promise<void> {
  const before = snapshots.at(-1)?.references ?? 0
  await lab.calls['session/step'](accesses)
  expect(snapshots.at(-1)?.references).toBe(before + accesses)
}

const resultOf = ({ lab }: Scene): Promise<RunResult> => lab.calls['session/result']()

const straight = async (accesses: number): Promise<RunResult> => {
  const scene = await aScene()
  await step(scene, accesses)
  return resultOf(scene)
}

describe('stepping back', () => {
  it('is as if the accesses had not been made, near or far', async () => {
    const scene = await aScene()
    await step(scene, 200)
    await step(scene, 1500)
    for (const [back, at] of [
      [1, 1699],
      [60, 1639],
      [1400, 239],
      [500, 0]
    ]) {
      await scene.lab.calls['session/back'](back)
      expect(scene.snapshots.at(-1)).toMatchObject({ references: at, state: 'paused' })
      expect(await resultOf(scene)).toEqual(at === 0 ? await resultOf(await aScene()) : await straight(at))
    }
  })

  it('needs no new start where a point is kept', async () => {
    const scene = await aScene()
    await step(scene, 900)
    scene.tasks.clear()
    await scene.lab.calls['session/back'](1)
    await scene.lab.calls['session/back'](800)
    expect([...scene.tasks]).toEqual([])
    expect(await resultOf(scene)).toEqual(await straight(99))
  })

  it('tells all points of the charts again, under a new number, and goes on to the same end', async () => {
    const scene = await aScene()
    await step(scene, 1200)
    const info = await scene.lab.calls['session/back'](200)
    const told = scene.snapshots.at(-1)
    expect(told?.session).toBe(info.session)
    expect(told?.session).not.toBe(scene.snapshots[0].session)
    const reached = [...(told?.lanes[0].series ?? [])].filter((_, i) => i % SERIES_WIDTH === 0)
    expect(reached[0]).toBe(1)
    expect(Math.max(...reached)).toBeLessThanOrEqual(1000)
    await step(scene, 3300)
    expect(await resultOf(scene)).toEqual(await straight(4300))
  })

  it('repeats the switches on the way', async () => {
    const scene = await aScene()
    await step(scene, 400)
    await scene.lab.calls['lane/dmt'](0, true)
    await step(scene, 400)
    await scene.lab.calls['session/cooperation'](false)
    const before = await resultOf(scene)
    await step(scene, 50)
    await scene.lab.calls['session/back'](50)
    expect(await resultOf(scene)).toEqual(before)
    await scene.lab.calls['session/back'](300)
    expect(scene.snapshots.at(-1)?.markers.map(({ kind }) => kind)).toEqual(['warm-up-end', 'dmt-on'])
    expect(scene.tasks).toContain('Going back')
    await step(scene, 300)
    await scene.lab.calls['session/cooperation'](false)
    expect(await resultOf(scene)).toEqual(before)
  })
})
