/** A VM that moves to other machine frames while it runs (part G, case 27). */
import { describe, expect, it } from 'vitest'
import type { Machine } from '@main/lab/machine'
import { LiveMigration, type Destination } from '@main/software/hypervisor/live-migration'
import { leavesOf } from '@main/software/hypervisor/leaves'
import { LOAD, STORE } from '@shared/model/access'
import type { DrivenLane } from '../builders/a-machine'
import { PAGES, aCooperatingLane, count, innerHolding, leaveFree } from '../builders/coop-state'
import { NO_WALK_CACHES } from '../builders/no-walk-caches'
import { checkMemory, checkTranslations, pinnedFrames } from '../builders/stack-laws'

const STACKS = [
  ['virtualized', 'pure'],
  ['nested', 'pure'],
  ['nested', 'shadow-ept']
] as const

const migrationOf = ({ stack }: Machine): LiveMigration => new LiveMigration(stack)

/** Machine frame of each page of L1's VM. */
function framesOfGuest({ stack }: Machine): Map<number, number> {
  const { vmas, table } = stack.layers[0].space
  const frames = new Map<number, number>()
  for (const { page, pages } of leavesOf(vmas, table))
    for (let p = page; p < page + pages; p++) frames.set(p, table.frameOf(p))
  return frames
}

const touch = (driven: DrivenLane, pages: readonly number[], kind: number): void =>
  pages.forEach((page) => driven.touch({ page, kind }))

describe.each(STACKS)('G27 %s, %s: a live migration', (environment, fallback) => {
  const lane = (input: Record<string, unknown> = {}): DrivenLane =>
    aCooperatingLane(environment, { nested: { fallback }, ...input })

  it('copies everything once, then what was stored to since, and tables each time', () => {
    const driven = lane()
    const { machine } = driven
    const written = PAGES.slice(0, 5)
    const read = PAGES.slice(5, 20)
    const migration = migrationOf(machine)
    const first = migration.round()
    expect(first).toBe(framesOfGuest(machine).size)
    const tables = migration.round()
    touch(driven, read, LOAD)
    const afterLoads = migration.round()
    touch(driven, written, STORE)
    touch(driven, written, STORE)
    const afterStores = migration.round()
    touch(driven, written.slice(1), STORE)
    const afterMore = migration.round()
    expect([afterLoads, afterStores - tables, afterMore - tables]).toEqual([tables, 5, 4])
    expect(tables).toBeLessThan(first)
    touch(driven, written.slice(0, 2), STORE)
    const report = migration.finish({ contiguity: true, dmt: true })
    expect(report).toEqual({
      rounds: [first, tables, afterLoads, afterStores, afterMore],
      downtimePages: tables + 2
    })
    expect([count(machine, 'migrationRounds'), count(machine, 'downtimePages')]).toEqual([5, tables + 2])
    expect(count(machine, 'migrationPages')).toBe(report.rounds.reduce((sum, n) => sum + n) + tables + 2)
    expect(machine.ledger.events().filter((e) => e.kind === 'live-migration').length).toBeGreaterThan(1)
  })

  it('counts every page of a grant as written in each round', () => {
    const { machine } = lane()
    const migration = migrationOf(machine)
    migration.round()
    const before = migration.round()
    const grant = machine.stack.layers[1].hypercalls.allocate(50)
    if (grant === null) throw new Error('it was denied')
    expect(migration.round() - before).toBeGreaterThanOrEqual(50)
  })

  const destinations: readonly [string, Destination][] = [
    ['as here', { contiguity: true, dmt: true }],
    ['without contiguity', { contiguity: false, dmt: true }],
    ['without DMT', { contiguity: true, dmt: false }]
  ]

  it.each(destinations)(
    'to a host %s: every page gets another frame, none has two owners, the guest goes on',
    (_, to) => {
      const driven = lane(NO_WALK_CACHES)
      const { machine } = driven
      const { stack } = machine
      const pinned = pinnedFrames(machine)
      const before = framesOfGuest(machine)
      const ids = stack.host.holdings.map(({ grant }) => grant.id)
      const migration = migrationOf(machine)
      migration.round()
      touch(driven, PAGES.slice(0, 30), STORE)
      migration.finish(to)
      const after = framesOfGuest(machine)
      expect([...after.keys()]).toEqual([...before.keys()])
      for (const [page, frame] of after) expect(frame, `page ${page}`).not.toBe(before.get(page))
      expect(new Set(after.values()).size).toBe(after.size)
      const stays = to.contiguity && to.dmt
      const now = stack.host.holdings.map(({ grant }) => grant.id)
      expect(now.length).toBe(stays ? ids.length : 0)
      for (const id of now) expect(ids).not.toContain(id)
      expect(stack.gteas.list().filter((e) => e.valid).length > 0).toBe(stays)
      for (const { space } of stack.layers) expect(space.teas.registers.enabled).toBe(to.dmt)
      checkMemory(machine, pinned)
      checkTranslations(machine, PAGES)
      touch(driven, PAGES, LOAD)
      touch(driven, PAGES, STORE)
      expect(driven.lane.firstError).toBeNull()
      checkMemory(machine, pinned)
      machine.tlb.flushAll()
      machine.ledger.restart()
      driven.touch({ page: PAGES[7] })
      const pv = environment === 'nested' ? 3 : 2
      const radix = environment === 'nested' && fallback === 'pure' ? 124 : 24
      if (stays) expect(count(machine, 'walkReferences')).toBe(pv)
      if (!to.dmt) expect(count(machine, 'walkReferences')).toBe(radix)
      if (to.dmt && !to.contiguity) {
        expect(count(machine, 'walkReferences')).toBeGreaterThan(pv)
        expect(count(machine, 'walkReferences')).toBeLessThan(radix)
      }
    }
  )

  it('gives registers the new IDs, and names no machine frame to the guest', () => {
    const { machine } = lane()
    const [tea] = machine.stack.inner.space.teas.teas
    const { registers } = machine.stack.inner.space.teas
    const before = registers.valueOf(tea.register)
    const id = tea.grant?.id
    migrationOf(machine).finish({ contiguity: true, dmt: true })
    expect(tea.grant).toBe(innerHolding(machine).grant)
    expect(tea.grant?.id).not.toBe(id)
    expect(registers.valueOf(tea.register)).toEqual({ ...before, gtea: { id: tea.grant?.id, offset: 0 } })
  })

  it.each(['2M', 'thp'])('moves host pages of %s whole', (hostPageSize) => {
    const driven = lane({ hostPageSize })
    const { machine } = driven
    const pinned = pinnedFrames(machine)
    migrationOf(machine).finish({ contiguity: true, dmt: true })
    checkMemory(machine, pinned)
    checkTranslations(machine, PAGES)
  })

  it('needs little free memory: pages move one at a time, and grants that find no room end', () => {
    const driven = lane()
    const { machine } = driven
    const { stack } = machine
    const { frames } = stack.layers[0]
    const pinned = pinnedFrames(machine)
    const before = framesOfGuest(machine)
    pinned[0] += leaveFree(frames, 40)
    migrationOf(machine).finish({ contiguity: true, dmt: true })
    for (const [page, frame] of framesOfGuest(machine))
      expect(frame, `page ${page}`).not.toBe(before.get(page))
    checkMemory(machine, pinned)
    checkTranslations(machine, PAGES)
  })
})
