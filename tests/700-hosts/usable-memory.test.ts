import { totalmem } from 'node:os'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { usableMemory } from '@main/hosts/engine-thread/usable-memory'

const GIB = 2 ** 30

function machine(constrained: number, available: number): void {
  vi.spyOn(process, 'constrainedMemory').mockReturnValue(constrained)
  vi.spyOn(process, 'availableMemory').mockReturnValue(available)
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux')
}

afterEach(() => vi.restoreAllMocks())

describe('usableMemory', () => {
  it.each([0, 2 ** 63])('is the whole machine at most, where a container says %d', (constrained) => {
    machine(constrained, 2 ** 60)
    expect(usableMemory()).toBe(totalmem())
  })

  it('is the limit of the container at most, and half of it at least', () => {
    machine(GIB, 2 ** 60)
    expect(usableMemory()).toBe(GIB)
    machine(2 ** 50, 0)
    expect(usableMemory()).toBeGreaterThanOrEqual(totalmem() / 2)
  })

  it('counts what this process holds as free', () => {
    const available = 0.6 * totalmem()
    machine(0, available)
    expect(usableMemory()).toBeGreaterThan(available)
  })
})
