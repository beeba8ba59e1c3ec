/**
 * A guest writes a register that names an area: its own, that of another guest, one that has ended, a part beyond the
 * end, or a made-up ID. Tried for real on a small nested machine, whose L1 and L2 are two guests of L0 with areas that
 * it granted. What the walk after it reads is looked up in the walk itself.
 */
import { PAGE_BYTES, page, pageHigh, pageLow, pagesPerTable } from '@shared/address/address'
import { LOAD } from '@shared/model/access'
import type { IsolationTry, IsolationTryId } from '@shared/model/isolation-try'
import { formatCount } from '@shared/format/number'
import { pvdmt } from '../../designs/pvdmt'
import { MOST_GTEAS, gteaIndex, type GteaEntry } from '../../hardware/registers/gtea-table'
import type { RegisterValue } from '../../hardware/registers/dmt-registers'
import { Walk, layerOf } from '../../hardware/walker/walk'
import type { HeldGrant } from '../../software/hypervisor/grant'
import type { Stack } from '../../software/stack'
import { tablePages } from '../../software/tea/tea'
import { OFFER } from '../catalogue'
import { fillOnDemand } from '../cold-walk'
import { Machine } from '../machine'
import { resolveSpec } from '../resolve-spec'

/** The area of the guest that has a TEA, and one that is too small for its own. */
const LARGE = { start: page(0x7f0000000), pages: 2 ** 14, name: 'large', mayHaveTea: true }
const SMALL = { start: page(0x7e0000000), pages: 512, name: 'small', mayHaveTea: false }
/** Table pages that the grant has which ends before it is named. */
const FREED_PAGES = 3
const FORGED_REGISTER = 15
const GUEST = 2
const OTHER = 1

interface Named {
  readonly id: number
  readonly offset: number
  readonly slots: number
}

export function isolationTry(id: IsolationTryId): IsolationTry {
  const machine = aMachineOfTwoGuests()
  const { stack, ledger } = machine
  const wrote = named(machine, id)
  const claimed = id === 'own' ? LARGE.start : SMALL.start
  const entry = stack.gteas.list()[gteaIndex(wrote.id)] ?? null
  let isAllowed = false
  ledger.calls.during(
    { asker: GUEST, title: `load a register that names ID ${wrote.id}`, frames: wrote.slots },
    () => {
      isAllowed = load(machine, registerFor(machine, id), wrote, claimed)
    },
    () => ({ result: isAllowed ? 'granted' : 'refused', outcome: '' })
  )
  const { messages } = ledger.calls.after(0).at(-1) ?? { messages: [] }
  return {
    id,
    wrote,
    entry: entry && asLook(entry),
    guest: GUEST,
    isAllowed,
    outcome: messages.at(-1)?.text ?? '',
    walk: walkAfter(machine, claimed),
    messages
  }
}

function aMachineOfTwoGuests(): Machine {
  const input = {
    environment: 'nested',
    lanes: [pvdmt.info.id],
    footprint: LARGE.pages * PAGE_BYTES,
    tea: { minVmaMiB: 1 }
  }
  const resolved = resolveSpec(input, OFFER)
  if (!('spec' in resolved)) throw new Error(resolved.problems.join(' '))
  const areas = [SMALL, LARGE].map(({ start, pages, name, mayHaveTea }) => {
    return { start, end: page(start + pages), writable: true, executable: false, name, mayHaveTea }
  })
  const machine = new Machine(resolved.spec, pvdmt, areas)
  for (const { start } of areas) machine.stack.populate(start, true)
  return machine
}

function named({ stack }: Machine, id: IsolationTryId): Named {
  const own = grantOf(stack, GUEST)
  switch (id) {
    case 'own':
      return { id: own.id, offset: 0, slots: own.frames }
    case 'other-guest':
      return { id: grantOf(stack, OTHER).id, offset: 0, slots: 1 }
    case 'freed':
      return { id: freedId(stack), offset: 0, slots: 1 }
    case 'beyond-end':
      return { id: own.id, offset: own.frames, slots: 1 }
    case 'made-up':
      return { id: MOST_GTEAS - 1, offset: 0, slots: 1 }
  }
}

/** The grant of the area that holds this guest's tables. @throws when it has none: a defect */
function grantOf(stack: Stack, vm: number): HeldGrant {
  const holding = stack.host.holdings.find(({ asker }) => asker.index === vm)
  if (!holding) throw new Error(`isolationTry: L${vm} was granted no area`)
  return holding.grant
}

function freedId({ inner }: Stack): number {
  const grant = inner.hypercalls.allocate(FREED_PAGES)
  if (grant === null) throw new Error('isolationTry: a call for frames was denied')
  inner.hypercalls.giveBack(grant)
  return grant.id
}

/** Its own area is named by the register that has it already: two that match would both be read. */
const registerFor = ({ stack }: Machine, id: IsolationTryId): number =>
  id === 'own'
    ? (stack.inner.space.teas.covering(1, LARGE.start)?.register ?? FORGED_REGISTER)
    : FORGED_REGISTER

/** Whether hardware took the register. */
function load(
  { stack, ledger }: Machine,
  register: number,
  { id, offset, slots }: Named,
  start: RegisterValue['start']
): boolean {
  const value = { level: 1, start, pages: slots * pagesPerTable(1), base: 0, gtea: { id, offset } }
  const size = tablePages(slots)
  const text = `writes register ${register}: ID ${id}, offset ${formatCount(offset)}, ${size}`
  ledger.calls.say(GUEST, GUEST, text)
  const isTaken = stack.inner.space.teas.registers.load(register, value)
  if (isTaken) ledger.calls.say(0, GUEST, `allowed: the grant is L${GUEST}’s, and long enough`)
  return isTaken
}

/** A cold walk of the page that the register claims, and what the guest's own part of it read of the other's area. */
function walkAfter(machine: Machine, p: number): IsolationTry['walk'] {
  const walk = new Walk()
  fillOnDemand(machine, pageHigh(p), pageLow(p))
  walk.begin()
  machine.coldStage(walk).translate(pageHigh(p), pageLow(p), LOAD)
  return { references: walk.references, foreignReads: foreignReads(machine, walk) }
}

/** Steps of the guest's own dimension: that the hypervisor reads its area to serve it is as it should be. */
function foreignReads({ stack }: Machine, { start, end, steps, machineFrame }: Walk): number {
  const { base, pages } = stack.gteas.find(grantOf(stack, OTHER).id) ?? { base: 0, pages: 0 }
  let reads = 0
  for (let n = start; n < end; n++)
    if (layerOf(steps[n]) === GUEST && machineFrame[n] >= base && machineFrame[n] < base + pages) reads++
  return reads
}

const asLook = ({ owner, base, pages, valid }: GteaEntry): IsolationTry['entry'] => {
  return { owner, base, frames: pages, isValid: valid }
}
