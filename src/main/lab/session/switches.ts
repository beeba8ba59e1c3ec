/** What a person switches while the lanes run. It takes effect at a barrier and leaves a marker. */
import type { Marker } from '@shared/model/snapshot'
import type { LabSpec } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { designOf } from '../../designs'
import { radix } from '../../designs/radix'
import type { History } from '../rewind/history'
import type { SessionCore } from './core'
import type { Snapshots } from './snapshots'

/** How a switch that a marker tells of is made again. */
const AGAIN: Partial<Record<Marker['kind'], (switches: Switches, lane: number) => Promise<void>>> = {
  'dmt-on': (switches, lane) => switches.setDmt(lane, true),
  'dmt-off': (switches, lane) => switches.setDmt(lane, false),
  'cooperation-on': (switches) => switches.setCooperation(true),
  'cooperation-off': (switches) => switches.setCooperation(false)
}

export const isSwitch = ({ kind }: Marker): boolean => kind in AGAIN

export class Switches {
  constructor(
    private readonly core: SessionCore,
    private readonly history: History,
    private readonly snapshots: Snapshots
  ) {}

  /** @throws UserError for a lane whose design neither has registers nor can be given them */
  async setDmt(lane: number, on: boolean): Promise<void> {
    mustHaveRegisters(this.core.spec, lane)
    await this.make(lane, on ? 'dmt-on' : 'dmt-off', async () => [await this.core.lanes.at(lane).setDmt(on)])
  }

  async setCooperation(on: boolean): Promise<void> {
    const { lanes, status } = this.core
    await this.make(null, on ? 'cooperation-on' : 'cooperation-off', async () => {
      const ended = await Promise.all(lanes.clients.map((lane) => lane.setCooperation(on)))
      status.cooperation = on
      return ended
    })
  }

  async again(marker: Marker): Promise<void> {
    await AGAIN[marker.kind]?.(this, marker.lane ?? 0)
  }

  /** @param work why each lane it was made in cannot go on, or null */
  private async make(
    lane: number | null,
    kind: Marker['kind'],
    work: () => Promise<(string | null)[]>
  ): Promise<void> {
    const { turns, status, lockStep } = this.core
    await turns.take(async () => {
      await this.history.forget()
      status.endFor(await work())
      status.mark(lockStep.accesses, lane, kind)
    })
    await this.snapshots.sendNow()
  }
}

function mustHaveRegisters({ lanes }: LabSpec, lane: number): void {
  const id = lanes[lane]
  if (id === undefined || id === radix.info.id || designOf(id).info.hasRegisters) return
  throw new UserError(`${id} has no registers to switch`, `lane ${lane + 1}`, 'choose radix, dmt or pvdmt')
}
