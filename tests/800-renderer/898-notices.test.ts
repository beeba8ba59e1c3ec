import fc from 'fast-check'
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { secondsToRead, useNoticesStore } from '@renderer/stores/notices'

const MOST_SHOWN = 4

const aNotice = fc.record({
  isError: fc.boolean(),
  title: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')
})

function noticesAfter(told: readonly { isError: boolean; title: string }[]) {
  setActivePinia(createPinia())
  const store = useNoticesStore()
  for (const { isError, title } of told) {
    if (isError) store.fail(title, 'detail')
    else store.tell(title)
  }
  return store.notices
}

describe('messages', () => {
  it('keep each error until it is read, once, whatever else is told', () => {
    fc.assert(
      fc.property(fc.array(aNotice, { maxLength: 30 }), (told) => {
        const errors = noticesAfter(told).filter(({ kind }) => kind === 'error')
        const failed = new Set(told.filter(({ isError }) => isError).map(({ title }) => title))
        expect(errors.map(({ title }) => title).sort()).toEqual([...failed].sort())
      })
    )
  })

  it('are no more than fit, as long as errors leave room, with the newest among them', () => {
    fc.assert(
      fc.property(fc.array(aNotice, { minLength: 1, maxLength: 30 }), (told) => {
        const shown = noticesAfter(told)
        const errors = shown.filter(({ kind }) => kind === 'error').length
        expect(shown.length).toBeLessThanOrEqual(Math.max(MOST_SHOWN, errors + 1))
        expect(shown.at(-1)?.title).toBe(told.at(-1)?.title)
      })
    )
  })

  it('let the oldest fact go first', () => {
    const told = ['a', 'b', 'c', 'd', 'e'].map((title, i) => ({ isError: i === 1, title }))
    expect(noticesAfter(told).map(({ title }) => title)).toEqual(['b', 'c', 'd', 'e'])
  })

  it('stay as long as their words take to read, a few words no longer than five seconds', () => {
    const words = fc.string({ maxLength: 120 })
    fc.assert(
      fc.property(words, words, words, (title, detail, more) => {
        const seconds = secondsToRead({ title, detail })
        expect(seconds).toBeGreaterThanOrEqual(3)
        expect(secondsToRead({ title, detail: detail + more })).toBeGreaterThanOrEqual(seconds)
        if (title.length + detail.length <= 40) expect(seconds).toBeLessThanOrEqual(5)
      })
    )
  })

  it('go when they are dismissed', () => {
    const [first] = noticesAfter([{ isError: true, title: 'a' }])
    const store = useNoticesStore()
    store.dismiss(first.id)
    expect(store.notices).toEqual([])
  })
})
