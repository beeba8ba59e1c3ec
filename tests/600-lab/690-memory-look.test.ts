/** What the Memory view shows of a lane is what its machine keeps, and looking changes nothing. */
import { DESIGNS } from '@main/designs'
import { createSessionLab } from '@main/lab/lab'
import type { LaneSession } from '@main/lab/lane-session'
import { checkMachine } from '@main/lab/invariants'
import type { Machine } from '@main/lab/machine'
import { MemoryLooks } from '@main/lab/memory/memory-looks'
import { machineFrameBehind } from '@main/software/invariants/looking'
import { PAGE_BYTES, pageFrom, parseAddress } from '@shared/address/address'
import { ENVIRONMENTS, LAYERS, type Environment } from '@shared/model/environment'
import type { LayerLook, MemoryLook } from '@shared/model/memory-look'
import { FRAME_OWNERS, MOST_MAP_CELLS } from '@shared/model/physical-map'
import type { TablePathLook } from '@shared/model/table-look'
import type { LabSpec } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { beforeAll, describe, expect, it } from 'vitest'
import { DrivenLane, MAIN, aDrivenLane, aMachine } from '../builders/a-machine'
import { InProcessHost } from '../builders/in-process-host'
import { aLane, runLane, smallSpec, type FedLane } from '../builders/a-lane'

const OWNERS = FRAME_OWNERS.length
const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)
const pageOf = (hex: string): number => {
  const { high, low } = parseAddress(hex)
  return pageFrom(high, low)
}

/** Few frames, so that hundreds of looks take no time. */
const aSmall = (environment: Environment, lane: string, more: Record<string, unknown> = {}): LabSpec =>
  smallSpec({ environment, lanes: [lane], footprint: '4MiB', references: 900, verify: false, ...more })

const offered = (environment: Environment): string[] =>
  DESIGNS.filter(({ info }) => info.environments.includes(environment)).map(({ info }) => info.id)

/** Everything there is to look at. */
function lookAtAll(session: LaneSession, spec: LabSpec): void {
  session.memory()
  session.hardware()
  session.conversations(0)
  for (const layer of LAYERS.slice(
    0,
    spec.environment === 'native' ? 1 : spec.environment === 'nested' ? 3 : 2
  ))
    for (const address of [null, '0x0', '0x7fffc0000000']) session.tablePath({ layer, address })
}

describe.each(ENVIRONMENTS)('%s', (environment) => {
  describe.each(offered(environment))('%s', (design) => {
    const spec = aSmall(environment, design)
    let fed: FedLane
    let look: MemoryLook
    let memory: Awaited<ReturnType<LaneSession['facts']>>['memory']

    beforeAll(async () => {
      fed = aLane(spec)
      await fed.feed(500)
      look = fed.session.memory()
      memory = fed.session.facts().memory
    })

    const byOwner = (owner: (typeof FRAME_OWNERS)[number]): number =>
      sum(look.layers.map(({ physical }) => physical.byOwner[FRAME_OWNERS.indexOf(owner)]))

    it('sums the frames of each cell and layer to all of them', () => {
      for (const { layer, physical } of look.layers) {
        const { cells, frames, framesPerCell, byOwner: owners } = physical
        expect(sum(owners)).toBe(frames)
        expect(cells.length / OWNERS).toBeLessThanOrEqual(MOST_MAP_CELLS)
        for (let at = 0, left = frames; at < cells.length; at += OWNERS, left -= framesPerCell)
          expect(sum([...cells.subarray(at, at + OWNERS)])).toBe(Math.min(framesPerCell, left))
        expect(owners[0], 'free').toBe(memory[`freeFrames${layer}`])
      }
    })

    it('agrees with what the result says of memory', () => {
      expect(byOwner('tea') + byOwner('gtea')).toBe(memory.teaBytes / PAGE_BYTES)
      expect(look.layers[0].physical.byOwner[1]).toBe(memory.dataBytes / PAGE_BYTES)
      const linked = sum(look.layers.flatMap(({ teas }) => teas.map((tea) => tea.linked)))
      const shadow = memory.shadowTableBytes / PAGE_BYTES
      if (memory.designBytes === 0)
        expect(byOwner('table') + linked + shadow).toBe(memory.pageTableBytes / PAGE_BYTES)
      expect(byOwner('hypervisor')).toBe(shadow)
    })

    it('covers no more than is mapped, in areas as in all', () => {
      for (const { areas, mappedBytes, coveredBytes } of look.layers) {
        expect(sum(areas.map((area) => area.mappedBytes))).toBe(mappedBytes)
        expect(sum(areas.map((area) => area.coveredBytes))).toBe(coveredBytes)
        for (const area of areas) {
          expect(area.coveredBytes).toBeLessThanOrEqual(area.mappedBytes)
          expect(area.mappedBytes).toBeLessThanOrEqual(area.bytes)
          expect(area.outside === null).toBe(area.teas.length > 0)
        }
      }
    })

    it('leads from each present entry of a path to the next page, and each slot of a TEA is one of them', () => {
      for (const layer of look.layers) {
        const path = fed.session.tablePath({ layer: layer.layer, address: null }) as TablePathLook
        checkPath(layer, path)
        expect(path.target, 'the address is in use').not.toBeNull()
        for (const tea of layer.teas) {
          const first = fed.session.tablePath({ layer: layer.layer, address: tea.start }) as TablePathLook
          checkPath(layer, first)
          const page = first.pages.find(({ level }) => level === tea.level)
          if (tea.slotCells[0] === 255) expect(page?.tea).toEqual({ index: tea.index, slot: 0 })
        }
      }
    })

    it('tells shares of free memory that fall from order to order', () => {
      for (const { physical } of look.layers) {
        const { freeInBlocks } = physical
        expect(freeInBlocks[0]).toBe(1)
        freeInBlocks.forEach((share, n) => expect(share).toBeLessThanOrEqual(freeInBlocks[n - 1] ?? 1))
        expect(physical.longestFreeRun).toBeLessThanOrEqual(physical.byOwner[0])
      }
    })

    it('changes nothing: a run with looks in between has the digest and counters of one without', async () => {
      const looked = await runLane(fed, [97], (session) => lookAtAll(session, spec))
      const plain = await runLane(aLane(spec))
      expect(looked.digest).toBe(plain.digest)
      expect(looked.counters).toEqual(plain.counters)
      expect(looked.memory).toEqual(plain.memory)
      expect(looked.events).toEqual(plain.events)
    })
  })
})

/** Root first, each page where the entry before says, a slot of a TEA where it is one. */
function checkPath({ levels, teas }: LayerLook, { pages }: TablePathLook): void {
  expect(pages[0].level).toBe(levels)
  pages.forEach((page, i) => {
    const entry = page.entries.find(({ index }) => index === page.at)
    const next = pages[i + 1]
    const isLeaf = page.level === 1 || (entry !== undefined && (BigInt('0x' + entry.entry) & 0x80n) !== 0n)
    expect(next !== undefined).toBe(entry !== undefined && !isLeaf)
    if (next && entry) expect(frameIn(entry.entry)).toBe(next.frame)
    const tea = teas.find(({ index }) => index === page.tea?.index)
    if (page.tea) expect(page.frame).toBe((tea?.base ?? NaN) + page.tea.slot)
    expect(page.entries.every(({ index }, n) => n === 0 || index > page.entries[n - 1].index)).toBe(true)
  })
}

const frameIn = (entry: string): number => Number((BigInt('0x' + entry) & 0xfffffffffffffn) >> 12n)

const looksOf = ({ machine, lane }: DrivenLane): MemoryLooks => new MemoryLooks(machine, lane)

/** Counted one by one, from the owner map and the tables. */
function naiveMapped(machine: Machine, start: number, end: number): number {
  const { table } = machine.stack.inner.space
  let pages = 0
  for (let p = start; p < end; p++) if (table.frameOf(p) >= 0) pages++
  return pages
}

describe('areas that are only partly mapped', () => {
  it.each([
    ['native', 'dmt', '4K'],
    ['virtualized', 'pvdmt', 'thp'],
    ['nested', 'pvdmt', '4K'],
    ['virtualized', 'dmt', '2M']
  ])('%s %s %s: count what a look-up of each page finds', (environment, design, pageSize) => {
    const other = { start: 0x7e0000300, pages: 3000, name: 'other' }
    const small = { start: 0x7d0000000, pages: 40, name: 'small' }
    const input = { environment, lanes: [design], pageSize, tea: { minVmaMiB: 1 } }
    const driven = aDrivenLane(input, [MAIN, other, small])
    for (let i = 0; i < 300; i++) driven.touch({ page: MAIN.start + ((i * 7919) % MAIN.pages) })
    for (let i = 0; i < 90; i++) driven.touch({ page: other.start + ((i * 611) % other.pages) })
    driven.touch({ page: small.start + 7 })
    const { areas } = looksOf(driven).look().layers[0]
    for (const area of areas) {
      const [start, end] = [pageOf(area.start), pageOf(area.end)]
      expect(area.mappedBytes / PAGE_BYTES).toBe(naiveMapped(driven.machine, start, end))
      expect(area.coveredBytes / PAGE_BYTES).toBe(naiveCovered(driven.machine, start, end))
    }
    expect(areas.some(({ coveredBytes }) => coveredBytes > 0)).toBe(true)
    expect(areas.find(({ name }) => name === 'small')?.coveredBytes).toBe(0)
    driven.machine.setDmt(false)
    expect(
      looksOf(driven)
        .look()
        .layers.map(({ coveredBytes }) => coveredBytes)
    ).not.toContain(areas[0].mappedBytes)
  })
})

/** Pages that a register matches whose entry it would read is the leaf that the table has. */
function naiveCovered(machine: Machine, start: number, end: number): number {
  const { table, teas } = machine.stack.inner.space
  const { registers } = teas
  let pages = 0
  for (let p = start; p < end; p++) {
    const level = table.leafLevelOf(p)
    if (level === 0) continue
    for (let n = registers.matchFrom(0, p); n >= 0; n = registers.matchFrom(n + 1, p)) {
      const tea = teas.teas.find((one) => one.register === n)
      const slot = tea && tea.level === level ? Math.floor((p - tea.start) / 512 ** level) : -1
      if (tea && slot >= 0 && table.tableOf(p, tea.level) === tea.base + slot) pages++
    }
  }
  return pages
}

describe('where the frames of TEAs lie in the machine', () => {
  it.each([
    ['native', 'dmt'],
    ['virtualized', 'dmt'],
    ['virtualized', 'pvdmt'],
    ['nested', 'dmt'],
    ['nested', 'pvdmt']
  ])('%s %s: the runs hold each frame of the area, in order', (environment, design) => {
    const driven = aDrivenLane({ environment, lanes: [design], fragmentation: 0.4, seed: 7 })
    for (let i = 0; i < 60; i++) driven.touch({ page: MAIN.start + i * 531 })
    const { layers } = driven.machine.stack
    for (const look of looksOf(driven).look().layers)
      for (const tea of look.teas) {
        const k = layers.findIndex(({ name }) => name === look.layer)
        const frames = Array.from({ length: tea.slots }, (_, i) =>
          machineFrameBehind(layers, k, tea.base + i)
        )
        const inRuns = tea.machine.flatMap(({ frame, frames: n }) =>
          Array.from({ length: n }, (_, i) => frame + i)
        )
        expect(inRuns).toEqual(frames.slice(0, inRuns.length))
        if (tea.machineRuns <= tea.machine.length) expect(inRuns.length).toBe(tea.slots)
        if (tea.gtea !== null) expect(tea.machineRuns).toBe(1)
      }
  })

  it('is asked again when L0 has moved them', () => {
    const driven = aDrivenLane({ environment: 'virtualized', lanes: ['pvdmt'] })
    for (let i = 0; i < 60; i++) driven.touch({ page: MAIN.start + i * 531 })
    const looks = looksOf(driven)
    const { host } = driven.machine.stack
    const before = looks.look().layers[0].teas[0].machine
    expect(host.move(host.holdings[0])).toBe(true)
    const after = looks.look().layers[0].teas[0]
    expect(after.machine).not.toEqual(before)
    expect(after.machine[0].frame).toBe(driven.machine.stack.gteas.find(after.gtea ?? -1)?.base)
  })
})

describe('frames by owner where memory has lived', () => {
  it.each(['virtualized', 'nested'])(
    '%s: a grant that L0 took back is a TEA behind a window',
    (environment) => {
      const driven = aDrivenLane({ environment, lanes: ['pvdmt'] })
      for (let i = 0; i < 60; i++) driven.touch({ page: MAIN.start + i * 531 })
      const { stack } = driven.machine
      const looks = looksOf(driven)
      const ofL0 = (): readonly number[] => looks.look().layers.at(-1)?.physical.byOwner ?? []
      const [tea, gtea] = ['tea', 'gtea'].map((owner) => FRAME_OWNERS.indexOf(owner as 'tea'))
      const before = ofL0()
      const holding = stack.host.holdings.find(({ asker }) => asker === stack.inner)
      if (!holding) throw new Error('no grant')
      const { frames } = holding.grant
      expect(stack.host.reclaim(holding)).toBe(true)
      const after = ofL0()
      expect([after[tea] - before[tea], before[gtea] - after[gtea]]).toEqual([frames, frames])
      expect(after[0]).toBe(stack.layers[0].frames.freeFrames)
      expect(checkMachine(driven.machine).told).toEqual([])
    }
  )

  it.each(['4K', 'thp'])(
    '%s: frees what processes share and let go, and what is moved together',
    (pageSize) => {
      const driven = aDrivenLane({ lanes: ['dmt'], environment: 'native', pageSize, fragmentation: 0.3 })
      const { stack } = driven.machine
      for (let i = 0; i < 90; i++) driven.touch({ page: MAIN.start + i * 331 })
      driven.operate('fork')
      for (let i = 0; i < 40; i++) driven.touch({ page: MAIN.start + i * 331, kind: 1 })
      driven.operate('munmap', MAIN.start, 4096)
      stack.layers[0].frames.compact(9)
      const [layer] = looksOf(driven).look().layers
      expect(layer.physical.byOwner[0]).toBe(stack.layers[0].frames.freeFrames)
      expect(layer.processes).toEqual([0, 1])
      const cells = stack.layers[0].dataCells
      const naive = new Uint32Array(cells.counts.length)
      stack.layers[0].pageOfFrame.forEach((tag, f) => {
        if (tag !== 0) naive[Math.floor(f / cells.framesPerCell)]++
      })
      expect([...cells.counts]).toEqual([...naive])
    }
  )
})

describe('tables of other processes', () => {
  it('are shown by their number, and null stands for one that is gone', () => {
    const driven = aDrivenLane({ lanes: ['radix'], environment: 'native' })
    driven.touch({ page: MAIN.start + 5, kind: 1 })
    driven.operate('fork')
    driven.touch({ page: MAIN.start + 5, kind: 1 })
    const looks = looksOf(driven)
    const address = '0x' + ((MAIN.start + 5) * PAGE_BYTES).toString(16)
    const [parent, child] = [0, 1].map(
      (process) => looks.path({ layer: 'L0', address, process })?.target?.frame
    )
    expect(parent).toBeGreaterThan(0)
    expect(child).toBeGreaterThan(0)
    expect(parent).not.toBe(child)
    expect(looks.path({ layer: 'L0', address, process: 9 })).toBeNull()
  })
})

describe('what translation caches hold', () => {
  it.each([
    ['native', 'radix', {}],
    ['virtualized', 'radix', {}],
    ['nested', 'pvdmt', {}],
    ['virtualized', 'pvdmt', { gtea: { check: 'on-walk-cached' } }],
    ['native', 'rmm', {}],
    ['virtualized', 'ecpt', {}],
    ['native', 'radix', { profile: 'artifact' }]
  ])('%s %s %o: is found by a look-up, in a place of the table', (environment, design, more) => {
    const driven = new DrivenLane(aMachine({ environment, lanes: [design], ...more }))
    for (let i = 0; i < 200; i++) driven.touch({ page: MAIN.start + ((i * 389) % 9000), kind: i % 2 })
    const { machine } = driven
    const { tables } = looksOf(driven).hardware()
    expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length)
    for (const { id, kind, sets, ways, entries } of tables) {
      expect(entries.length).toBeLessThanOrEqual(sets * ways)
      const places = entries.map(({ set, way }) => set * ways + way)
      expect(new Set(places).size).toBe(entries.length)
      for (const { set, way, age, tag, value } of entries) {
        expect([set < sets, way < ways, age === null || age < ways]).toEqual([true, true, true])
        if (kind !== 'tlb') continue
        const { high, low } = parseAddress(tag)
        expect(machine.tlb.peek(id.startsWith('instruction'), high, low, machine.context)).toBeGreaterThan(0)
        expect(pageOf(value.split(' ')[0])).toBe(machine.stack.oracleFrame(pageOf(tag)))
      }
    }
    expect(tables.filter(({ kind }) => kind === 'tlb').some(({ entries }) => entries.length > 0)).toBe(true)
    const kinds = new Set(tables.filter(({ entries }) => entries.length > 0).map(({ kind }) => kind))
    if (design === 'rmm' || design === 'ecpt') expect(kinds).toContain('other')
    if (design === 'radix') expect(kinds).toContain('pwc')
  })
})

describe('calls of the window', () => {
  it('are answered for each lane of a session, and refuse what a lane does not have', async () => {
    const lab = createSessionLab(new InProcessHost())
    const { calls } = lab
    await calls['session/prepare']({
      environment: 'virtualized',
      profile: 'tiny',
      footprint: '8MiB',
      references: 500
    })
    await calls['session/step'](100)
    const look = await calls['memory/look'](1)
    expect([look.design, look.layers.map(({ layer }) => layer)]).toEqual(['pvdmt', ['L1', 'L0']])
    expect((await calls['memory/path'](0, { layer: 'L0', address: null })).target).not.toBeNull()
    expect((await calls['memory/hardware'](0)).tables.length).toBeGreaterThan(0)
    const [first] = await calls['memory/calls'](1, 0)
    expect((await calls['memory/calls'](1, first.n)).map(({ n }) => n)).not.toContain(first.n)
    for (const choice of [
      { layer: 'L2', address: null },
      { layer: 'L1', address: '0x1000000000000000' },
      { layer: 'L1', address: null, process: 7 }
    ] as const)
      await expect(calls['memory/path'](0, choice)).rejects.toThrow(UserError)
    await lab.close()
  })
})
