import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef, type EffectScope } from 'vue'
import type { Scene } from '@renderer/charts/scene'
import { useTablesInTurn } from '@renderer/composables/tables-in-turn'

/** Only its identity is looked at. */
const scene = (end: number): Scene => ({ end }) as Scene
const TABLES = 5
const OPEN = 2

describe('tables of charts', () => {
  let scope: EffectScope
  beforeEach(() => {
    vi.useFakeTimers()
    scope = effectScope()
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  const begin = (isCalm: boolean) => {
    const latest = shallowRef<Scene | null>(scene(1))
    const open = ref(OPEN)
    const tables = scope.run(() =>
      useTablesInTurn(
        latest,
        () => TABLES,
        () => open.value,
        () => isCalm
      )
    )!
    const show = async (end: number) => {
      latest.value = scene(end)
      await nextTick()
    }
    return { tables, show, ends: () => tables.value.map((one) => one?.end) }
  }

  it('show the first scene all at once', () => expect(begin(false).ends()).toEqual(Array(TABLES).fill(1)))

  it('change at once where nothing runs', async () => {
    const { show, ends } = begin(true)
    await show(2)
    expect(ends()).toEqual(Array(TABLES).fill(2))
  })

  it('change the open one at once in a run, the others one at a time, and each in the end', async () => {
    const { show, ends, tables } = begin(false)
    await show(2)
    expect(ends()).toEqual([1, 1, 2, 1, 1])
    let before = tables.value
    for (let left = TABLES - 1; left > 0; left--) {
      vi.advanceTimersToNextTimer()
      expect(tables.value.filter((one, i) => one !== before[i])).toHaveLength(1)
      before = tables.value
    }
    expect(ends()).toEqual(Array(TABLES).fill(2))
    expect(vi.getTimerCount()).toBe(0)
  })

  it('reach the newest scene, however fast scenes come', async () => {
    const { show, ends } = begin(false)
    await show(2)
    vi.advanceTimersToNextTimer()
    await show(3)
    vi.runAllTimers()
    expect(ends()).toEqual(Array(TABLES).fill(3))
  })

  it('do nothing more once they are gone', async () => {
    const { show } = begin(false)
    await show(2)
    scope.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})
