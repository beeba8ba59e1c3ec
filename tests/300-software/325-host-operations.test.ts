/** Whatever hosts do to guests while they run, in any order: the laws of memory hold, and every page is found. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Machine } from '@main/lab/machine'
import { HostOperations } from '@main/software/hypervisor/host-operations'
import { STEPS, type Step } from '@main/software/hypervisor/steps'
import { LOAD, STORE } from '@shared/model/access'
import { MAIN, aDrivenLane } from '../builders/a-machine'
import { count } from '../builders/coop-state'
import { checkMemory, checkTranslations, pinnedFrames } from '../builders/stack-laws'

type HostOperation =
  | { readonly kind: 'fail-at'; readonly step: Step | null }
  | { readonly kind: 'reclaim' | 'move-grants'; readonly vm: number }
  | { readonly kind: 'inflate' | 'deflate'; readonly vm: number; readonly frames: number }
  | { readonly kind: 'migration-round' }
  | { readonly kind: 'migration-finish'; readonly contiguity: boolean; readonly dmt: boolean }

function perform({ stack }: Machine, host: HostOperations, op: HostOperation): void {
  if (op.kind === 'fail-at') stack.host.failAt = op.step
  else if (op.kind === 'reclaim') host.reclaimOf(op.vm)
  else if (op.kind === 'move-grants') host.moveGrantsOf(op.vm)
  else if (op.kind === 'inflate') host.inflate(op.vm, op.frames)
  else if (op.kind === 'deflate') host.deflate(op.vm, op.frames)
  else if (op.kind === 'migration-round') host.migrationRound()
  else if (op.kind === 'migration-finish') host.finishMigration(op)
}

type Operation =
  | HostOperation
  | { readonly kind: 'touch'; readonly at: number; readonly access: number }
  | { readonly kind: 'cooperation' | 'dmt'; readonly on: boolean }

const vm = fc.constantFrom(1, 2)
const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('touch' as const),
      at: fc.nat(MAIN.pages - 1),
      access: fc.constantFrom(LOAD, STORE)
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('reclaim' as const, 'move-grants' as const), vm })
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('cooperation' as const, 'dmt' as const), on: fc.boolean() })
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fail-at' as const),
      step: fc.constantFrom(null, null, ...STEPS)
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('inflate' as const, 'deflate' as const),
      vm,
      frames: fc.integer({ min: 1, max: 50 })
    })
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('migration-round' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('migration-finish' as const),
      contiguity: fc.boolean(),
      dmt: fc.boolean()
    })
  }
)

const scene = fc.record({
  environment: fc.constantFrom('virtualized', 'nested'),
  hostPageSize: fc.constantFrom('4K', '2M', 'thp'),
  fallback: fc.constantFrom('shadow-ept', 'pure'),
  check: fc.constantFrom('on-load', 'on-walk-cached', 'on-walk-memory'),
  operations: fc.array(operation, { minLength: 4, maxLength: 20 })
})

describe('after any operations of the host', () => {
  it('areas, registers and frames hold their laws, and every page is where its oracle says', () => {
    fc.assert(
      fc.property(scene, ({ environment, hostPageSize, fallback, check, operations }) => {
        const driven = aDrivenLane({
          environment,
          lanes: ['pvdmt'],
          hostPageSize,
          nested: { fallback },
          gtea: { check }
        })
        const { machine } = driven
        const host = new HostOperations(machine.stack)
        const pinned = pinnedFrames(machine)
        const touched = new Set([MAIN.start])
        driven.touch({ page: MAIN.start })
        for (const op of operations) {
          if (op.kind === 'touch') {
            driven.touch({ page: MAIN.start + op.at, kind: op.access })
            touched.add(MAIN.start + op.at)
          } else if (op.kind === 'cooperation') machine.setCooperation(op.on)
          else if (op.kind === 'dmt') machine.setDmt(op.on)
          else if (!('vm' in op) || op.vm < machine.stack.layers.length)
            perform(machine, host, op as HostOperation)
        }
        expect(driven.lane.firstError?.text ?? '').toBe('')
        const held = machine.stack.layers.map((_, k) => (k === 0 ? 0 : host.ballooned(k)))
        const inUse = pinned.map((frames, k) => frames + held[k])
        if (check === 'on-load') checkMemory(machine, inUse)
        checkTranslations(machine, touched)
        expect(count(machine, 'gteaViolations')).toBe(0)
        expect(count(machine, 'eptRefusals')).toBe(0)
      }),
      { numRuns: 40, seed: 1 }
    )
  }, 300_000)
})
