import { describe, expect, it } from 'vitest'
import { withCalls } from '@renderer/memory/kept-calls'
import { useFragmentationStore } from '@renderer/stores/fragmentation'
import { useMemoryStore } from '@renderer/stores/memory'
import { useSessionStore } from '@renderer/stores/session'
import { useSetupStore } from '@renderer/stores/setup'
import type { PathChoice } from '@shared/contract/lab-contract'
import { MOST_FIRST_CALLS, MOST_LAST_CALLS } from '@shared/model/conversation'
import { aConversation, aLayer, aMemoryLook, aTablePage } from '../builders/a-memory-look'
import { HeldLab, overLab } from './held-lab'

class LookedAtLab extends HeldLab {
  readonly asked: unknown[][] = []
  calls_ = [aConversation()]
  look = aMemoryLook()

  private tell<T>(name: string, args: unknown[], result: T): Promise<T> {
    this.asked.push([name, ...args])
    return this.answer(result)
  }

  readonly calls = {
    'memory/look': (lane: number) => this.tell('look', [lane], this.look),
    'memory/hardware': (lane: number) =>
      this.tell('hardware', [lane], { reference: 0, cpu: 0, cpus: 1, tables: [] }),
    'memory/calls': (lane: number, after: number) =>
      this.tell(
        'calls',
        [lane, after],
        this.calls_.filter(({ n }) => n > after)
      ),
    'memory/path': (lane: number, choice: PathChoice) =>
      this.tell('path', [lane, choice], {
        layer: choice.layer,
        process: 0,
        address: choice.address ?? '0x0',
        area: null,
        pages: [aTablePage([0], { tea: { index: 0, slot: 0 } })],
        target: null
      }),
    'memory/fragment': (_input: unknown, fragmentation: number) =>
      this.tell('fragment', [fragmentation], {
        fragmentation,
        design: 'dmt',
        footprint: 1,
        isScaled: false,
        hasAreas: true,
        layers: [],
        requests: 0,
        refusals: 0,
        splits: 0
      })
  }
}

function aMemoryStore() {
  const lab = new LookedAtLab()
  const stores = overLab(lab, () => ({
    memory: useMemoryStore(),
    session: useSessionStore(),
    setup: useSetupStore(),
    fragmentation: useFragmentationStore()
  }))
  stores.session.info = { session: 1, spec: { lanes: ['radix', 'dmt'] } } as never
  return { lab, ...stores }
}

const names = (lab: LookedAtLab): unknown[] => lab.asked.map(([name]) => name)

describe('the memory on show', () => {
  it('asks nothing without a session', async () => {
    const { lab, memory, session } = aMemoryStore()
    session.info = null
    await memory.refresh()
    expect(lab.asked).toEqual([])
  })

  it('asks for conversations that it does not have yet', async () => {
    const { lab, memory } = aMemoryStore()
    await memory.refresh()
    lab.calls_ = [...lab.calls_, aConversation({ n: 2 })]
    await memory.refresh()
    expect(memory.calls.map(({ n }) => n)).toEqual([1, 2])
    expect(lab.asked.filter(([name]) => name === 'calls').map(([, , after]) => after)).toEqual([0, 1])
  })

  it('asks once more, not twice, for all the calls that came while one was under way', async () => {
    const { lab, memory } = aMemoryStore()
    const first = memory.refresh()
    void memory.refresh()
    void memory.refresh()
    await first
    expect(names(lab).filter((name) => name === 'look')).toHaveLength(2)
  })

  it('keeps as many conversations as the lab does, one of each number', async () => {
    const { lab, memory } = aMemoryStore()
    const upTo = (last: number) => Array.from({ length: last }, (_, i) => aConversation({ n: i + 1 }))
    lab.calls_ = upTo(250)
    await memory.refresh()
    lab.calls_ = upTo(400)
    await memory.refresh()
    expect(memory.calls).toHaveLength(MOST_FIRST_CALLS + MOST_LAST_CALLS)
    expect(memory.calls[MOST_FIRST_CALLS - 1].n).toBe(MOST_FIRST_CALLS)
    expect(memory.calls[MOST_FIRST_CALLS].n).toBe(400 - MOST_LAST_CALLS + 1)
    const revoked = aConversation({ n: 400, result: 'revoked' })
    expect(withCalls(memory.calls, [revoked])).toEqual([...memory.calls.slice(0, -1), revoked])
  })

  it('drops an answer about another session', async () => {
    const { lab, memory, session } = aMemoryStore()
    lab.hold()
    const asked = memory.refresh()
    session.info = { session: 2, spec: { lanes: ['radix'] } } as never
    lab.release()
    await asked
    expect(memory.look).toBeNull()
  })

  it('keeps a part until it is chosen again, or gone', async () => {
    const { lab, memory } = aMemoryStore()
    await memory.refresh()
    const tea = { layer: 'L1', kind: 'tea', index: 0 } as const
    memory.select(tea)
    expect(memory.isSelected(tea)).toBe(true)
    expect(memory.isLit({ layer: 'L1', kind: 'area', index: 0 })).toBe(true)
    lab.look = aMemoryLook([aLayer('L1', { teas: [] }), aLayer('L0')])
    await memory.refresh()
    expect(memory.selected).toBeNull()
    memory.select(tea)
    expect(memory.selected).toBeNull()
  })

  it('opens the page tables where the picture sends it', async () => {
    const { lab, memory } = aMemoryStore()
    await memory.refresh()
    memory.browse('L0', '0x1000')
    await memory.refresh()
    expect(memory.path?.address).toBe('0x1000')
    expect(lab.asked.at(-1)).toEqual(['path', 0, { layer: 'L0', address: '0x1000' }])
  })

  it('stays with the address that a reader looks into, though an answer about another is on its way', async () => {
    const { lab, memory } = aMemoryStore()
    await memory.showPath('L1', '0x1000')
    lab.hold()
    const asked = memory.showPath('L1', null)
    memory.holdPath()
    lab.release()
    await asked
    expect(memory.path?.address).toBe('0x1000')
    memory.section = 'Page tables'
    await memory.refresh()
    expect(lab.asked.at(-1)).toEqual(['path', 0, { layer: 'L1', address: '0x1000' }])
  })
})

describe('fragmentation tried', () => {
  it('is tried at every tenth though another degree is being tried', async () => {
    const { lab, fragmentation, setup } = aMemoryStore()
    setup.input = () => ({})
    lab.hold()
    void fragmentation.want(0.55)
    const tenths = fragmentation.tryTenths()
    lab.release()
    await tenths
    expect(fragmentation.tries).toHaveLength(12)
    expect(fragmentation.value).toBe(0.55)
    expect(fragmentation.isTrying).toBe(false)
  })

  it('tries what is wanted last, and leaves out what was passed over', async () => {
    const { lab, fragmentation, setup } = aMemoryStore()
    setup.input = () => ({})
    lab.hold()
    const first = fragmentation.want(0.1)
    void fragmentation.want(0.2)
    void fragmentation.want(0.9)
    lab.release()
    await first
    expect(lab.asked.filter(([name]) => name === 'fragment').map(([, degree]) => degree)).toEqual([0.1, 0.9])
    expect(fragmentation.shown?.fragmentation).toBe(0.9)
  })

  it('does not try a degree twice', async () => {
    const { lab, fragmentation, setup } = aMemoryStore()
    setup.input = () => ({})
    await fragmentation.want(0.5)
    await fragmentation.want(0.5)
    expect(names(lab)).toEqual(['fragment'])
  })
})
