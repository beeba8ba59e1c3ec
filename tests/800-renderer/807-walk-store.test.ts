import { nextTick } from 'vue'
import { describe, expect, it } from 'vitest'
import { useLanesStore } from '@renderer/stores/lanes'
import { useSessionStore } from '@renderer/stores/session'
import { useViewStore } from '@renderer/stores/view'
import { useWalkStore } from '@renderer/stores/walk'
import type { WalkChoice } from '@shared/contract/lab-contract'
import type { WalkRecord } from '@shared/model/walk-record'
import { HeldLab, overLab } from './held-lab'
import { aWalk, pvdmt } from '../builders/walk-records'

/** A lab that keeps walks 100, 200, ... and makes one more at each step. */
class WalkingLab extends HeldLab {
  readonly asked: WalkChoice[] = []
  walks = 3

  private get(choice: WalkChoice): Promise<(WalkRecord | null)[]> {
    this.asked.push(choice)
    const reference = choice.which === 'reference' ? (choice.reference ?? 0) : 100 * this.walks
    const found = [aWalk(), pvdmt(), pvdmt()].map((record) => ({ ...record, reference }))
    return this.answer(reference > 100 * this.walks ? [null, null] : found)
  }

  readonly calls = {
    'session/prepare': async () => ({
      session: 1,
      spec: { lanes: ['radix', 'pvdmt'] }
    }),
    'settings/set': async () => undefined,
    'session/stepToWalk': async () => void this.walks++,
    'walk/get': (choice: WalkChoice) => this.get(choice),
    'walk/histogram': async () => ({ walks: 0, cycles: [], patterns: [], walksOfOtherPatterns: 0 }),
    'walk/list': async () =>
      Array.from({ length: this.walks }, (_, i) => ({
        walk: i + 1,
        reference: 100 * (i + 1),
        address: '0x0',
        references: 24,
        cycles: 1
      })).reverse()
  }
}

async function aWalkStore() {
  const lab = new WalkingLab()
  const stores = overLab(lab, () => ({
    walk: useWalkStore(),
    view: useViewStore(),
    session: useSessionStore(),
    lanes: useLanesStore()
  }))
  stores.session.info = (await lab.calls['session/prepare']()) as never
  return { lab, ...stores }
}

describe('the walk on show', () => {
  it('opens at its end, so that the whole picture is there', async () => {
    const { walk } = await aWalkStore()
    await walk.load()
    expect(walk.cursor).toEqual({ lane: 0, n: 24 })
    expect(walk.canGoOn).toBe(false)
    expect(walk.kept.map((w) => w.reference)).toEqual([300, 200, 100])
  })

  it('has no walk before there is a session', async () => {
    const { walk, session, lab } = await aWalkStore()
    session.info = null
    await walk.load()
    expect(walk.hasWalk).toBe(false)
    expect(lab.asked).toEqual([])
  })

  it('knows what each lane has spent at the playhead', async () => {
    const { walk } = await aWalkStore()
    await walk.load()
    walk.select(0, 10)
    expect(walk.figures[0]?.done.references).toBe(10)
    expect(walk.figures[0]?.all.references).toBe(24)
    expect(walk.speedup).toBeCloseTo(aWalk().cycles / pvdmt().cycles)
  })

  it('is fetched when another part of the window asks for it, once', async () => {
    const { walk, view, lab } = await aWalkStore()
    await walk.load()
    view.openWalk(200)
    await nextTick()
    expect(lab.asked.at(-1)).toEqual({ which: 'reference', reference: 200, cold: false })
    await walk.choose(100)
    await nextTick()
    expect(lab.asked.map((choice) => choice.reference)).toEqual([undefined, 200, 100])
  })

  it('is walked again from cold', async () => {
    const { walk, lab } = await aWalkStore()
    await walk.choose('slowest')
    await walk.setCold(true)
    expect(lab.asked.at(-1)).toEqual({ which: 'slowest', cold: true })
  })

  it('is that of a bar of the histogram, a fault’s first attempt, or an address', async () => {
    const { walk, view, lab } = await aWalkStore()
    view.openWalkOf(1, { from: 200, to: 256 })
    await nextTick()
    expect(lab.asked.at(-1)).toEqual({
      which: 'bucket',
      lane: 1,
      bucket: { from: 200, to: 256 },
      cold: false
    })
    await walk.choose('fault')
    expect(lab.asked.at(-1)).toEqual({ which: 'fault', attempt: 1, cold: false })
    await walk.setAttempt(2)
    expect(lab.asked.at(-1)).toEqual({ which: 'fault', attempt: 2, cold: false })
    await walk.choose({ which: 'address', address: '0x7f00' })
    expect(lab.asked.at(-1)).toEqual({ which: 'address', address: '0x7f00', cold: false })
    expect(walk.isFollowing).toBe(false)
  })

  it('does not follow the run while an address is entered, in the same session', async () => {
    const { walk, session } = await aWalkStore()
    await walk.load()
    expect(walk.isFollowing).toBe(true)
    walk.isAsking = true
    expect(walk.isFollowing).toBe(false)
    await walk.choose('latest')
    expect([walk.isAsking, walk.isFollowing]).toEqual([false, true])
    walk.isAsking = true
    session.info = { session: 2, spec: { lanes: ['radix', 'pvdmt'] } } as never
    await nextTick()
    expect(walk.isFollowing).toBe(true)
  })

  it('shows the first lane and the one it is compared with, and the rest of the window each lane’s own numbers', async () => {
    const { walk, session, lanes } = await aWalkStore()
    session.info = { session: 1, spec: { lanes: ['radix', 'pvdmt', 'dmt'] } } as never
    await walk.load()
    lanes.compare(2)
    expect([walk.shown, walk.letters, walk.designs]).toEqual([
      [0, 2],
      ['A', 'C'],
      ['radix', 'dmt']
    ])
    expect(walk.records.map((record) => record?.references)).toEqual([24, 2])
    expect(walk.figures.map((lane) => lane?.all.references)).toEqual([24, undefined, 2])
    await nextTick()
    expect(walk.cursor).toEqual({ lane: 0, n: 24 })
  })

  it('jumps to any step, and no further than the ends', async () => {
    const { walk } = await aWalkStore()
    await walk.load()
    for (const [to, n] of [
      [7, 7],
      [0, 1],
      [99, 24]
    ]) {
      walk.jump(to)
      expect(walk.cursor).toEqual({ lane: 0, n })
    }
  })

  it('drops an answer that a later question has overtaken', async () => {
    const { walk, lab } = await aWalkStore()
    lab.hold()
    const early = walk.choose(100)
    const late = walk.choose(200)
    lab.release('latest first')
    await Promise.all([early, late])
    expect(walk.ran?.reference).toBe(200)
  })

  it('says why it could not be fetched', async () => {
    const { walk, lab } = await aWalkStore()
    lab.calls['walk/get'] = () => Promise.reject(new Error('The lab is gone'))
    await walk.load()
    expect(walk.problem).toBe('The lab is gone')
  })
})

describe('step inside walk', () => {
  it('moves to the next step of this walk', async () => {
    const { walk, lab } = await aWalkStore()
    await walk.load()
    walk.restart()
    await walk.stepInside()
    expect(walk.cursor).toEqual({ lane: 0, n: 2 })
    expect(lab.walks).toBe(3)
  })

  it('after the last step makes the next walk and stands at its first step', async () => {
    const { walk, lab } = await aWalkStore()
    await walk.choose(100)
    await walk.stepInside()
    expect(lab.walks).toBe(4)
    expect(walk.ran?.reference).toBe(400)
    expect(walk.cursor).toEqual({ lane: 0, n: 1 })
  })

  it('stands there although the news of the walk comes while it is fetched', async () => {
    const { walk, lab } = await aWalkStore()
    await walk.load()
    lab.hold()
    const step = walk.stepInside()
    while (lab.held === 0) await nextTick()
    const news = walk.load('keep')
    lab.release()
    await Promise.all([step, news])
    expect(walk.cursor).toEqual({ lane: 0, n: 1 })
  })

  it('news of the same walk leaves the cursor alone', async () => {
    const { walk } = await aWalkStore()
    await walk.load()
    walk.select(1, 2)
    await walk.load('keep')
    expect(walk.cursor).toEqual({ lane: 1, n: 2 })
  })
})
