/** A session that ends while it is asked: every question is answered or refused, and none waits for ever. */
import { describe, expect, it } from 'vitest'
import { lineToLane } from '@main/lab/lane-server'
import type { SessionLab } from '@main/lab/ports'
import { InProcessHost } from '../builders/in-process-host'
import { useLabs } from '../builders/labs'

const SPEC = { footprint: '8MiB', references: 1000, lanes: ['radix', 'pvdmt'] }

const openLab = useLabs()

async function aLab(): Promise<SessionLab> {
  const lab = openLab(new InProcessHost())
  await lab.calls['session/prepare'](SPEC)
  return lab
}

describe('a session that another follows', () => {
  it('answers what it was asked before', async () => {
    const lab = await aLab()
    const asked = [
      lab.calls['memory/look'](1),
      lab.calls['memory/hardware'](1),
      lab.calls['walk/histogram'](0),
      lab.calls['events/list'](1, 0)
    ]
    const next = lab.calls['session/prepare']({ ...SPEC, seed: 2 })
    const answers = await Promise.allSettled(asked)
    expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 'fulfilled'))
    expect((await next).spec.seed).toBe(2)
    expect((await lab.calls['memory/look'](1)).layers.length).toBeGreaterThan(0)
  })
})

describe('a lane that is ended', () => {
  it('refuses calls under way and later ones', async () => {
    const line = lineToLane(new InProcessHost().startLane())
    const asked = line.lane.populate(1)
    line.close()
    await expect(asked).rejects.toThrow('this run has ended')
    await expect(line.lane.populate(1)).rejects.toThrow('closed')
  })
})
