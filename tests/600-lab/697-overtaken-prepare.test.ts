/** Preparations that overtake each other: the last one stands, and nothing of the others is left. */
import { describe, expect, it } from 'vitest'
import { InProcessHost } from '../builders/in-process-host'
import { useLabs } from '../builders/labs'

const SPEC = { footprint: '1GiB', references: 1000, lanes: ['radix', 'pvdmt'] }

const openLab = useLabs()

function aScene() {
  const host = new InProcessHost()
  const progress: (string | null)[] = []
  const lab = openLab(host, { 'session/progress': (news) => void progress.push(news?.task ?? null) })
  return { host, lab, progress }
}

const settled = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error)

describe('a preparation that is overtaken', () => {
  it('leaves no lane behind, also where a session stood before', async () => {
    const { host, lab } = aScene()
    await lab.calls['session/prepare']({ ...SPEC, footprint: '8MiB' })
    const first = lab.calls['session/prepare'](SPEC)
    const second = lab.calls['session/prepare']({ ...SPEC, seed: 7 })
    await settled(first)
    expect((await second).spec.seed).toBe(7)
    expect(host.ports.filter(({ closed }) => !closed)).toHaveLength(SPEC.lanes.length)
    expect((await lab.calls['session/result']()).spec.seed).toBe(7)
  })

  it('does not say that the other one has ended, and leaves it to be called off', async () => {
    const { lab, progress } = aScene()
    const first = lab.calls['session/prepare'](SPEC)
    const second = lab.calls['session/prepare'](SPEC)
    await settled(first)
    expect(progress).not.toContain(null)
    await lab.calls['session/cancel']()
    const why = await second.then(async () => (await lab.calls['session/result']()).partialReason, String)
    expect(why).toMatch(/called off|cancelled while memory/)
    expect(progress.at(-1)).toBeNull()
  })
})
