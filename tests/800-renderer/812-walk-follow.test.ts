/** The walk on show follows the session, whichever walk is asked for. */
import { describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useWalkFollow } from '@renderer/composables/walk-follow'
import { useWalkStore } from '@renderer/stores/walk'
import { aWalk, pvdmt } from '../builders/walk-records'
import { aWindow } from './window-stores'

async function aWalkView() {
  const stores = await aWindow()
  const walk = useWalkStore()
  const asked = vi.fn(async () => [aWalk(), pvdmt()])
  stores.lab.calls['walk/get'] = asked
  await stores.session.stepToWalk()
  const scope = effectScope()
  scope.run(useWalkFollow)
  return { ...stores, walk, asked, scope }
}

describe('the Walk view', () => {
  it('fetches an address anew when another session begins', async () => {
    const { session, walk, asked, scope } = await aWalkView()
    await walk.choose({ which: 'address', address: '0x7f00' })
    expect(walk.isFollowing).toBe(false)
    asked.mockClear()
    await session.reset()
    await vi.waitFor(() => expect(asked).toHaveBeenCalled())
    expect(asked).toHaveBeenLastCalledWith({ which: 'address', address: '0x7f00', cold: false })
    scope.stop()
  })

  it('is empty once there is no session', async () => {
    const { lab, session, walk, scope } = await aWalkView()
    await walk.load()
    expect(walk.hasWalk).toBe(true)
    lab.calls['session/prepare'] = async () => {
      await session.cancelPreparing()
      throw new Error('cancelled')
    }
    await session.prepare()
    await vi.waitFor(() => expect(walk.hasWalk).toBe(false))
    scope.stop()
  })
})
