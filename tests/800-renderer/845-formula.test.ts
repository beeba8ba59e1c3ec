import type { RunFormula } from '@shared/model/result'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { useFormulaStore } from '@renderer/stores/formula'
import { aWindow } from './window-stores'

const formula: RunFormula = {
  lane: 'radix',
  pages: '4K',
  walks: 100,
  walkOverhead: 0.5,
  cyclesPerWalk: { vanilla: 200, dmt: 100 },
  pageWalkSpeedup: { dmt: 2 },
  applicationSpeedup: { dmt: 1.33 }
}

/** Watchers run after a tick, and the lab's answer comes after another. */
const settled = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await nextTick()
}

async function aRun() {
  const window = await aWindow()
  const store = useFormulaStore()
  let asked = 0
  window.lab.calls['session/formula'] = async () => (asked++, formula)
  await window.session.prepare()
  await window.session.stepAccess()
  await settled()
  return { ...window, store, asked: () => asked }
}

describe('the formula in the window', () => {
  it('is not asked for while it is folded away', async () => {
    const { store, asked } = await aRun()
    expect([store.formula, asked()]).toEqual([null, 0])
  })

  it('is asked for when it is opened, and again when the session has moved on', async () => {
    const { store, session, asked } = await aRun()
    store.toggle()
    await settled()
    expect([store.formula, asked()]).toEqual([formula, 1])
    await session.stepAccess()
    await settled()
    expect(asked()).toBe(2)
  })

  it('does not outlive the session it was for', async () => {
    const { store, session } = await aRun()
    store.toggle()
    await settled()
    store.close()
    await session.reset()
    await settled()
    expect(store.formula).toBeNull()
  })
})
