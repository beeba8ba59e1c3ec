import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { usePresetsStore } from '@renderer/stores/presets'
import { useSettingsStore } from '@renderer/stores/settings'
import { useSetupHistoryStore } from '@renderer/stores/setup-history'
import type { Draft } from '@renderer/stores/setup'
import { aWindow } from './window-stores'

const change: fc.Arbitrary<Partial<Draft>> = fc.oneof(
  fc.record({ environment: fc.constantFrom('native', 'virtualized', 'nested') }),
  fc.record({ pageSize: fc.constantFrom('4K', '2M', '1G', 'thp') }),
  fc.record({ seed: fc.nat(50) }),
  fc.record({ fragmentation: fc.constantFrom(0, 0.25, 0.5) })
)

/** Changes rest long enough to be steps of their own. */
function steadyClock() {
  let now = 0
  return vi.spyOn(performance, 'now').mockImplementation(() => (now += 5000))
}

describe('undo and redo of the set-up', () => {
  it('go back through every state and forward again', async () => {
    const clock = steadyClock()
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
        const { setup } = await aWindow()
        const history = useSetupHistoryStore()
        const states = [JSON.stringify(setup.draft)]
        for (const one of changes) {
          await setup.change(one)
          const now = JSON.stringify(setup.draft)
          if (now !== states.at(-1)) states.push(now)
        }
        for (const expected of states.slice(0, -1).reverse()) {
          await history.undo()
          expect(JSON.stringify(setup.draft)).toBe(expected)
        }
        expect(history.undoes).toBeNull()
        for (const expected of states.slice(1)) {
          await history.redo()
          expect(JSON.stringify(setup.draft)).toBe(expected)
        }
        expect(history.redoes).toBeNull()
      }),
      { numRuns: 10 }
    )
    clock.mockRestore()
  })

  it('name what they would take back', async () => {
    const clock = steadyClock()
    const { setup } = await aWindow()
    const history = useSetupHistoryStore()
    expect(history.undoes).toBeNull()
    await setup.change({ pageSize: '2M' })
    await setup.change({ environment: 'native' })
    expect(history.undoes).toBe('environment and designs')
    await history.undo()
    expect([history.undoes, history.redoes]).toEqual(['page size', 'environment and designs'])
    await setup.change({ seed: 7 })
    expect(history.redoes).toBeNull()
    clock.mockRestore()
  })

  it('take a slider that is dragged as one step', async () => {
    const { setup } = await aWindow()
    const history = useSetupHistoryStore()
    for (const fragmentation of [0.1, 0.2, 0.3, 0.4]) await setup.change({ fragmentation })
    await history.undo()
    expect(setup.draft?.fragmentation).toBe(0)
    expect(history.undoes).toBeNull()
  })

  it('leave what has run as it ran, and switch cooperation of a running session back', async () => {
    const { lab, session, setup, pending } = await aWindow()
    const history = useSetupHistoryStore()
    await session.run()
    lab.advance(1000)
    await session.setCooperation(false)
    await setup.change({ cooperation: false })
    await history.undo()
    expect(session.snapshot?.cooperation).toBe(true)
    expect(session.snapshot?.references).toBe(1000)
    expect(pending.fields).toEqual([])
  })
})

describe('own presets', () => {
  it('come back as they were saved', async () => {
    const { setup } = await aWindow()
    const presets = usePresetsStore()
    await setup.change({ environment: 'nested', pageSize: '2M', seed: 42 })
    const saved = JSON.stringify(setup.draft)
    presets.save('  Mine ')
    await setup.change({ environment: 'native', pageSize: '4K', seed: 1 })
    await presets.useOwn(presets.own[0])
    expect([presets.own[0].name, JSON.stringify(setup.draft)]).toEqual(['Mine', saved])
  })

  it('are remembered by the lab', async () => {
    const { lab } = await aWindow()
    usePresetsStore().save('Mine')
    await vi.waitFor(() => expect(lab.settings.presets.map(({ name }) => name)).toEqual(['Mine']))
    usePresetsStore().rename('Mine', 'Yours')
    usePresetsStore().remove('no such name')
    expect(useSettingsStore().settings.presets.map(({ name }) => name)).toEqual(['Yours'])
    usePresetsStore().remove('Yours')
    await vi.waitFor(() => expect(lab.settings.presets).toEqual([]))
  })

  it('have a name each', async () => {
    await aWindow()
    const presets = usePresetsStore()
    presets.save('Mine')
    expect(['', '  ', 'Mine', 'x'.repeat(61)].map((name) => presets.nameProblem(name))).not.toContain(null)
    expect([presets.nameProblem('Mine', 'Mine'), presets.nameProblem('Other')]).toEqual([null, null])
  })

  it('that the lab refuses change nothing, and that is told in a line', async () => {
    const { setup, notices } = await aWindow()
    const before = JSON.stringify(setup.draft)
    await usePresetsStore().useOwn({ name: 'Broken', spec: { environment: 'nowhere' }, hardware: null })
    expect(JSON.stringify(setup.draft)).toBe(before)
    expect(notices.notices.map(({ title }) => title)).toEqual(['The preset was not taken'])
  })
})
