import { describe, expect, it, vi } from 'vitest'
import { useCooperation } from '@renderer/composables/cooperation'
import { useQuestions } from '@renderer/composables/questions'
import { EXAMPLES } from '@renderer/examples/list'
import { useGuessStore } from '@renderer/stores/guess'
import { useViewStore } from '@renderer/stores/view'
import { CATALOGUE } from '../builders/fake-catalogue'
import { aWindow } from './window-stores'

describe('session store', () => {
  it('builds the set-up before the first run, and only then', async () => {
    const { lab, session } = await aWindow()
    await session.run()
    lab.advance(1000)
    await session.pause()
    await session.run()
    expect(lab.asked.map((a) => a.name)).toEqual([
      'session/prepare',
      'session/running',
      'session/paused',
      'session/running'
    ])
    expect(session.state).toBe('running')
  })

  it('shows the first snapshot of a session even when it overtakes the answer that names it', async () => {
    const { session } = await aWindow()
    await session.prepare()
    expect(session.state).toBe('ready')
    expect(session.snapshot?.lanes.map((lane) => lane.design)).toEqual(['radix', 'pvdmt'])
  })

  it('keeps calm while running, and shows the last word of a run at once', async () => {
    const { lab, session } = await aWindow()
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1000)
    await session.run()
    const first = session.snapshot
    lab.advance(1000)
    lab.advance(1000)
    expect(session.snapshot).toBe(first)
    lab.advance(10_000_000)
    expect(session.state).toBe('finished')
    expect(session.snapshot?.references).toBe(2_000_000)
    clock.mockRestore()
  })

  it('hands every row to the series, shown or not', async () => {
    const { lab, session, series } = await aWindow()
    await session.run()
    for (let i = 0; i < 50; i++) lab.advance(1000)
    expect(series.windows().references.at(-1)).toBe(50_000)
  })

  it('keeps what is entered while memory is populated, and tells the speed only to what stands', async () => {
    const { lab, session, setup, pending } = await aWindow()
    const speeds = vi.spyOn(lab.calls, 'session/speed')
    let populated = (): void => undefined
    const population = new Promise<void>((resolve) => (populated = resolve))
    const prepare = lab.calls['session/prepare']
    vi.spyOn(lab.calls, 'session/prepare').mockImplementation(async (input) => {
      await population
      return prepare(input)
    })
    const building = session.prepare()
    await setup.change({ references: 20_000 })
    await session.setSpeed(10)
    expect(speeds).not.toHaveBeenCalled()
    populated()
    await building
    expect(speeds.mock.calls).toEqual([[10]])
    expect(setup.draft?.references).toBe(20_000)
    expect(pending.fields).toEqual(['references'])
  })

  it('has failed when the lab is lost, says so, and is built anew at the next run', async () => {
    const { lab, session } = await aWindow()
    lab.lose()
    expect(session.failure).toBeNull()
    await session.run()
    lab.lose()
    expect(session.state).toBe('failed')
    expect(session.failure).toContain('connection to the lab was lost')
    await session.run()
    expect(session.state).toBe('running')
    expect(lab.asked.filter(({ name }) => name === 'session/prepare')).toHaveLength(2)
  })

  it('leaves what waits for a Reset alone when it steps back', async () => {
    const { session, setup, pending } = await aWindow()
    await session.stepAccess()
    await setup.change({ seed: 7 })
    await session.stepBack()
    expect(setup.draft?.seed).toBe(7)
    expect(pending.fields).toEqual(['seed'])
  })

  it('forgets the rows of the session before', async () => {
    const { lab, session, series } = await aWindow()
    await session.run()
    lab.advance(50_000, 10)
    await session.reset()
    expect(series.windows().length).toBe(0)
    expect(session.state).toBe('ready')
  })

  it('keeps the rows of what remains when it steps back', async () => {
    const { lab, session, series } = await aWindow()
    await session.run()
    for (let i = 0; i < 50; i++) lab.advance(1000)
    await session.pause()
    const run = series.run
    const before = [...series.windows().references].filter((reference) => reference < 50_000)
    await session.stepBack()
    const after = [...series.windows().references]
    expect(before.length).toBeGreaterThan(40)
    expect(after.slice(0, before.length)).toEqual(before)
    expect(after.at(-1)).toBeLessThan(50_000)
    expect(series.run).toBe(run)
    await session.reset()
    expect(series.windows().length).toBe(0)
  })

  it('begins anew when a finished run is run again', async () => {
    const { lab, session } = await aWindow()
    await session.run()
    lab.advance(10_000_000)
    await session.run()
    expect(lab.asked.filter((a) => a.name === 'session/prepare')).toHaveLength(2)
    expect(session.state).toBe('running')
  })

  it('applies pending changes at Reset, and only then', async () => {
    const { lab, session, setup, pending } = await aWindow()
    await session.run()
    await setup.change({ pageSize: '2M' })
    expect(pending.titles).toEqual(['page size'])
    expect(lab.spec.pageSize).toBe('4K')
    await session.reset()
    expect(lab.spec.pageSize).toBe('2M')
    expect(pending.fields).toEqual([])
  })

  it('says that it failed, until a new session stands', async () => {
    const { lab, session } = await aWindow()
    await session.run()
    lab.emit('session/failed', { message: 'Lane B ran out of simulated memory.' })
    expect(session.state).toBe('failed')
    await session.reset()
    expect(session.state).toBe('ready')
    expect(session.failure).toBeNull()
  })

  it('goes back to nothing when the preparation is called off', async () => {
    const { lab, session } = await aWindow()
    let refuse: (error: Error) => void = () => undefined
    lab.calls['session/prepare'] = () => new Promise((_, reject) => (refuse = reject))
    const running = session.run()
    await Promise.resolve()
    expect(session.state).toBe('running')
    await session.cancelPreparing()
    refuse(new Error('cancelled'))
    await running
    expect(session.hasSession).toBe(false)
    expect(session.state).toBe('ready')
  })

  it('goes back to nothing when it is called off while the last page is being populated', async () => {
    const { lab, session } = await aWindow()
    const build = lab.calls['session/prepare']
    lab.calls['session/prepare'] = async (input) => {
      const info = await build(input)
      await session.cancelPreparing()
      return info
    }
    await session.run()
    expect(session.hasSession).toBe(false)
    expect(session.state).toBe('ready')
  })

  it('has failed when a preparation fails, keeps the numbers, and is built anew once the set-up is mended', async () => {
    const { lab, session, setup, pending } = await aWindow()
    await session.run()
    lab.advance(300_000)
    await session.pause()
    const footprint = setup.draft?.footprint ?? 0
    const prepare = lab.calls['session/prepare']
    const refusing = vi.spyOn(lab.calls, 'session/prepare')
    refusing.mockRejectedValueOnce(new Error('2 lanes take 9 TiB (footprint), choose a smaller one'))
    await setup.change({ footprint: 2 ** 39 })
    await expect(session.reset()).rejects.toThrow('9 TiB')
    expect([session.state, session.failure]).toEqual(['failed', expect.stringContaining('9 TiB')])
    expect(session.snapshot?.references).toBe(300_000)
    await setup.change({ footprint })
    expect(pending.fields).toEqual([])
    lab.calls['session/reset'] = () => Promise.reject(new Error('nothing is set up yet'))
    refusing.mockImplementation(prepare)
    await session.reset()
    expect([session.state, session.failure]).toEqual(['ready', null])
  })

  it('stays without a session when the first preparation fails', async () => {
    const { lab, session } = await aWindow()
    lab.calls['session/prepare'] = () => Promise.reject(new Error('too large'))
    await expect(session.run()).rejects.toThrow('too large')
    expect([session.state, session.hasSession, session.isPreparing]).toEqual(['ready', false, false])
  })

  it('says that a step after the end began the run anew, and nothing of the kind before', async () => {
    const { lab, session, notices } = await aWindow()
    await session.stepAccess()
    lab.advance(10_000_000)
    expect([session.isOver, notices.notices]).toEqual([true, []])
    await session.stepAccess()
    expect(session.snapshot?.references).toBe(1)
    expect(notices.notices).toMatchObject([{ kind: 'ok', title: 'The run began anew' }])
    expect(notices.notices[0].detail).toContain('Beside the run before')
  })

  it('lets go of what pointed into the run before, but not when it only goes back', async () => {
    const { lab, session } = await aWindow()
    const view = useViewStore()
    await session.stepAccess()
    view.pinned = 1
    await session.stepBack()
    expect(view.pinned).toBe(1)
    lab.advance(10_000_000)
    view.walkBucket = { lane: 0, bucket: { from: 1, to: 2 } }
    await session.stepToWalk()
    expect([view.pinned, view.walkBucket]).toEqual([null, null])
  })

  it('shows at once that a lane was switched', async () => {
    const { lab, session } = await aWindow()
    const clock = vi.spyOn(performance, 'now').mockReturnValue(1000)
    await session.run()
    await session.setDmt(1, false)
    lab.advance(1000)
    expect(session.snapshot?.lanes[1].dmt).toBe(false)
    clock.mockRestore()
  })

  it('lets go of the lab when it is disposed', async () => {
    const { lab, session } = await aWindow()
    await session.run()
    const before = session.snapshot
    session.$dispose()
    lab.advance(500_000)
    expect(session.snapshot).toBe(before)
  })
})

describe('preparations at once', () => {
  /** Each preparation is held until the test lets it go on, or refuses it. */
  async function aSlowWindow() {
    const window = await aWindow()
    const prepare = window.lab.calls['session/prepare']
    const held: { go: () => void; refuse: () => void }[] = []
    window.lab.calls['session/prepare'] = async (input) => {
      await new Promise<void>((go, refuse) =>
        held.push({ go, refuse: () => refuse(new Error('too large (footprint)')) })
      )
      return prepare(input)
    }
    return { ...window, held }
  }

  it.each(['go', 'refuse'] as const)('leave it to the last one (the other: %s)', async (end) => {
    const { session, setup, held } = await aSlowWindow()
    const first = session.prepare()
    await setup.change({ seed: 7 })
    const second = session.prepare()
    held[0][end]()
    expect(await first).toBe(false)
    expect([session.isPreparing, session.hasSession, session.failure]).toEqual([true, false, null])
    expect(setup.unfit).toBeNull()
    held[1].go()
    expect(await second).toBe(true)
    expect([session.isPreparing, session.info?.spec.seed]).toEqual([false, 7])
  })

  it('leave the last one also when it is ready first', async () => {
    const { session, setup, held } = await aSlowWindow()
    const first = session.prepare()
    await setup.change({ seed: 7 })
    const second = session.prepare()
    held[1].go()
    expect(await second).toBe(true)
    held[0].go()
    expect(await first).toBe(false)
    expect(session.info?.spec.seed).toBe(7)
  })

  it('leave the guess of the question that came last', async () => {
    const { session, held, notices } = await aSlowWindow()
    const [guess, { ask }] = [useGuessStore(), useQuestions()]
    const [walk, live] = ['walk', 'live'].map((id) => EXAMPLES.find((one) => one.id === id))
    if (!walk || !live) throw new Error('no such questions')
    const first = ask(walk)
    await vi.waitFor(() => expect(held).toHaveLength(1))
    const second = ask(live)
    await vi.waitFor(() => expect(held).toHaveLength(2))
    held[0].refuse()
    await first
    expect([guess.example?.id, guess.isReady]).toEqual(['live', false])
    held[1].go()
    await second
    expect([guess.example?.id, guess.isReady, session.state]).toEqual(['live', true, 'running'])
    expect(notices.notices).toEqual([])
  })
})

describe('cooperative allocation', () => {
  it('is after a Reset, or a step back, what it was switched to', async () => {
    const { session, setup } = await aWindow()
    const cooperation = useCooperation()
    await session.stepAccess()
    await cooperation.set(false)
    await session.stepBack()
    expect(setup.draft?.cooperation).toBe(false)
    await session.reset()
    expect(setup.draft?.cooperation).toBe(false)
    expect([cooperation.isOn.value, session.info?.spec.cooperation]).toEqual([false, false])
  })

  it('cannot be switched while memory is being populated, and says so', async () => {
    const { lab, session } = await aWindow()
    const cooperation = useCooperation()
    const prepare = lab.calls['session/prepare']
    let seen: unknown = null
    lab.calls['session/prepare'] = async (input) => {
      seen = [cooperation.blocked.value, cooperation.isOn.value]
      return prepare(input)
    }
    await session.prepare()
    expect(seen).toEqual(['Memory is being populated', true])
    expect(cooperation.blocked.value).toBeNull()
  })

  it('of a run that failed waits in the set-up', async () => {
    const { lab, session, setup, notices } = await aWindow()
    const told = vi.spyOn(lab.calls, 'session/cooperation')
    await session.run()
    lab.emit('session/failed', { message: 'Lane B broke.' })
    await useCooperation().set(false)
    expect([told.mock.calls, notices.notices, setup.draft?.cooperation]).toEqual([[], [], false])
  })
})

describe('set-up store', () => {
  it('replaces a design that has no meaning in the chosen environment', async () => {
    const { setup } = await aWindow()
    await setup.change({ environment: 'native' })
    expect(setup.draft?.lanes).toEqual(['radix', 'dmt'])
    for (const id of setup.draft?.lanes ?? []) {
      expect(CATALOGUE.designs.find((d) => d.id === id)?.environments).toContain('native')
    }
  })

  it('keeps the last good value beside a text it could not read', async () => {
    const { setup } = await aWindow()
    setup.refuse('footprint', '“4XB” is no size, write it like 4 GiB or 512 MiB.')
    expect(setup.isUsable).toBe(false)
    expect(setup.draft?.footprint).toBe(4 * 2 ** 30)
    await setup.change({ footprint: 2 ** 30 })
    expect(setup.isUsable).toBe(true)
  })

  it('shows what the lab finds wrong, and that it is mended', async () => {
    const { setup } = await aWindow()
    await setup.change({ warmup: 5_000_000 })
    expect(setup.lines).toEqual(['The warm-up leaves no references to measure.'])
    await setup.change({ warmup: 0 })
    expect(setup.lines).toEqual([])
  })

  it('drops the answer to an older question', async () => {
    const { lab, setup } = await aWindow()
    const answers: ((problem: string) => void)[] = []
    lab.calls['spec/resolve'] = () =>
      new Promise((resolve) => answers.push((problem) => resolve({ spec: null, problems: [problem] })))
    const both = [setup.change({ seed: 2 }), setup.change({ seed: 3 })]
    answers[1]('new')
    answers[0]('old')
    await Promise.all(both)
    expect(setup.problems).toEqual(['new'])
  })

  it('does not mark what a running session takes at once', async () => {
    const { session, setup, pending } = await aWindow()
    await session.run()
    await setup.change({ cooperation: false })
    expect(pending.fields).toEqual([])
  })
})
