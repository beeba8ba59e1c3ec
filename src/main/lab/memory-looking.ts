/** Looking at the memory of one lane at a time, between barriers. */
import { PAGE_BYTES, formatAddress, pageFrom, pagesPerTable, parseAddress } from '@shared/address/address'
import type { PathChoice } from '@shared/contract/lab-contract'
import { DEPTH, LAYER_NAMES } from '@shared/model/environment'
import type { Conversation } from '@shared/model/conversation'
import type { HardwareLook } from '@shared/model/hardware-look'
import type { MemoryLook } from '@shared/model/memory-look'
import type { TablePathLook } from '@shared/model/table-look'
import type { LabSpec } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import type { LaneClient } from './lane-protocol'
import type { Turns } from './turns'

export class MemoryLooking {
  constructor(
    private readonly spec: LabSpec,
    private readonly turns: Turns,
    private readonly laneAt: (index: number) => LaneClient
  ) {}

  look(lane: number): Promise<MemoryLook> {
    return this.turns.take(() => this.laneAt(lane).memory())
  }

  /** @throws UserError for a layer, an address or a process that the lane does not have */
  async path(lane: number, choice: PathChoice): Promise<TablePathLook> {
    mustBeThere(this.spec, choice)
    const path = await this.turns.take(() => this.laneAt(lane).tablePath(choice))
    if (path) return path
    throw new UserError(`${choice.layer} runs no process ${choice.process}`, '', 'choose one that runs')
  }

  hardware(lane: number): Promise<HardwareLook> {
    return this.turns.take(() => this.laneAt(lane).hardware())
  }

  calls(lane: number, after: number): Promise<Conversation[]> {
    return this.turns.take(() => this.laneAt(lane).conversations(after))
  }
}

/** Asked before the lane is: an error of a worker has no class on its way back. */
function mustBeThere({ environment, levels, hostLevels }: LabSpec, { layer, address }: PathChoice): void {
  const there = LAYER_NAMES.slice(0, DEPTH[environment])
  if (!there.includes(layer))
    throw new UserError(`there is no layer ${layer}`, environment, `choose one of ${there.join(', ')}`)
  const own = layer === there.at(-1) ? levels : hostLevels || levels
  const { high, low } = parseAddress(address ?? '0x0')
  if (pageFrom(high, low) < pagesPerTable(own)) return
  const most = formatAddress(pagesPerTable(own) - 1, PAGE_BYTES - 1)
  throw new UserError(`${address} lies beyond a table of ${own} levels`, 'address', `name ${most} at most`)
}
