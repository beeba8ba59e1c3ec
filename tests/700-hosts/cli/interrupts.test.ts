import { onInterrupt } from '@main/hosts/cli/interrupts'
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest'

const press = (signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): boolean => process.emit(signal, signal)

describe('an interrupt', () => {
  let exit: MockInstance<typeof process.exit>
  let forget = (): void => undefined

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
    exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
  })
  afterEach(() => {
    forget()
    vi.useRealTimers()
  })

  it('that a parent hands on as well is heard once', () => {
    const listener = vi.fn()
    forget = onInterrupt(listener)
    press()
    press()
    vi.advanceTimersByTime(100)
    press()
    expect([listener.mock.calls.length, exit.mock.calls]).toEqual([1, []])
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143]
  ] as const)('pressed again with %s ends the process with %i', (signal, code) => {
    forget = onInterrupt(() => undefined)
    press()
    vi.advanceTimersByTime(1000)
    press(signal)
    expect(exit.mock.calls).toEqual([[code]])
  })

  it('is left to the system when nobody listens any more', () => {
    const before = process.listenerCount('SIGINT')
    onInterrupt(() => undefined)()
    expect(process.listenerCount('SIGINT')).toBe(before)
  })
})
