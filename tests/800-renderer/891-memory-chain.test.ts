import { describe, expect, it } from 'vitest'
import { chainOf, standing } from '@renderer/memory/chain'
import { wiresOf } from '@renderer/memory/wires'
import type { PartKind } from '@renderer/memory/parts'
import { aLayer, aMemoryLook, anArea, aRegister, aTea } from '../builders/a-memory-look'

const inOrder = (keys: ReadonlySet<string>): string[] => [...keys].sort()
const KINDS: readonly PartKind[] = ['area', 'register', 'tea', 'frames']

describe('what hangs together', () => {
  it('is one chain of all four kinds in a layer with one TEA, whichever part is pointed at', () => {
    const look = aMemoryLook([aLayer('L0')])
    const all = ['L0-area-0', 'L0-frames-0', 'L0-register-0', 'L0-tea-0']
    for (const kind of KINDS) expect(inOrder(chainOf(look, { layer: 'L0', kind, index: 0 }))).toEqual(all)
  })

  it('goes down to what translates the memory that an area lies in', () => {
    const chain = chainOf(aMemoryLook(), { layer: 'L1', kind: 'area', index: 0 })
    for (const key of ['L0-area-0', 'L0-register-0', 'L0-tea-0', 'L0-frames-0']) expect(chain).toContain(key)
  })

  it('goes up to what lies in the memory that a part translates', () => {
    const chain = chainOf(aMemoryLook(), { layer: 'L0', kind: 'register', index: 0 })
    for (const key of ['L1-area-0', 'L1-register-0', 'L1-tea-0']) expect(chain).toContain(key)
  })

  it('ends at the machine for a TEA that the host granted: no lower layer translates its window', () => {
    const window = aLayer('L1', { teas: [aTea({ base: 0x1000_0000, gtea: 2 })] })
    const chain = chainOf(aMemoryLook([window, aLayer('L0')]), { layer: 'L1', kind: 'tea', index: 0 })
    expect(inOrder(chain)).toEqual(['L1-area-0', 'L1-frames-0', 'L1-register-0', 'L1-tea-0'])
  })

  it('leaves out the neighbour that shares a TEA with the area pointed at', () => {
    const layer = aLayer('L0', { areas: [anArea(), anArea({ index: 1, name: 'heap' })] })
    const chain = chainOf(aMemoryLook([layer]), { layer: 'L0', kind: 'area', index: 0 })
    expect(chain).not.toContain('L0-area-1')
    expect(chainOf(aMemoryLook([layer]), { layer: 'L0', kind: 'tea', index: 0 })).toContain('L0-area-1')
  })

  it('is the part alone for an empty register', () => {
    const chain = chainOf(aMemoryLook([aLayer('L0')]), { layer: 'L0', kind: 'register', index: 1 })
    expect(inOrder(chain)).toEqual(['L0-register-1'])
  })

  it('is empty where the layer is gone, and a part that is gone stands no more', () => {
    const look = aMemoryLook([aLayer('L0', { teas: [] })])
    expect(chainOf(look, { layer: 'L2', kind: 'tea', index: 0 }).size).toBe(0)
    expect(standing(look, { layer: 'L0', kind: 'tea', index: 0 })).toBeNull()
    expect(standing(look, { layer: 'L0', kind: 'area', index: 0 })).not.toBeNull()
  })
})

describe('wires of a layer', () => {
  it('join area, register, TEA and frames in this order', () => {
    expect(wiresOf(aLayer('L0')).map(({ from, to }) => [from, to])).toEqual([
      ['L0-area-0', 'L0-register-0'],
      ['L0-register-0', 'L0-tea-0'],
      ['L0-tea-0', 'L0-frames-0']
    ])
  })

  it('say when no register names a TEA', () => {
    const layer = aLayer('L0', { registers: [], teas: [aTea({ register: null })] })
    expect(wiresOf(layer).map(({ from, to, isUnnamed }) => [from, to, isUnnamed])).toEqual([
      ['L0-area-0', 'L0-tea-0', true],
      ['L0-tea-0', 'L0-frames-0', false]
    ])
  })

  it('leave out an area beyond the end of the register', () => {
    const away = anArea({ index: 1, start: '0x90000000', end: '0x90001000' })
    const layer = aLayer('L0', { areas: [anArea(), away], registers: [aRegister()] })
    expect(wiresOf(layer).some(({ from }) => from === 'L0-area-1')).toBe(false)
  })
})
