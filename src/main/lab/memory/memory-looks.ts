/** Everything that the Memory view shows of a lane, by looking: no counter, cache, table or frame changes. */
import { pageFrom } from '@shared/address/address'
import type { PathChoice } from '@shared/contract/lab-contract'
import type { Conversation } from '@shared/model/conversation'
import type { HardwareLook } from '@shared/model/hardware-look'
import type { MemoryLook } from '@shared/model/memory-look'
import type { TablePathLook } from '@shared/model/table-look'
import type { Layer } from '../../software/layer'
import type { Lane } from '../lane'
import type { Machine } from '../machine'
import { designCacheLooks } from './design-cache-looks'
import { LayerLooks } from './layer-look'
import { tablePath } from './table-path'
import { tlbLooks } from './tlb-looks'
import { gteaCacheLooks, nestedTlbLooks, pwcLooks } from './walk-cache-looks'

export class MemoryLooks {
  private readonly layers: LayerLooks

  constructor(
    private readonly machine: Machine,
    private readonly lane: Lane
  ) {
    this.layers = new LayerLooks(machine)
  }

  look(): MemoryLook {
    const { machine, lane } = this
    return {
      design: machine.design.info.id,
      reference: lane.accesses,
      layers: [...machine.stack.layers].reverse().map((layer) => this.layers.of(layer))
    }
  }

  path(choice: PathChoice): TablePathLook | null {
    return tablePath(this.machine.stack, choice, (layer) => this.pageInUse(layer))
  }

  hardware(): HardwareLook {
    const { machine, lane } = this
    return {
      reference: lane.accesses,
      cpu: machine.cpus.indexOf(machine.cpu),
      cpus: machine.cpus.length,
      tables: [
        ...tlbLooks(machine),
        ...pwcLooks(machine),
        ...nestedTlbLooks(machine),
        ...gteaCacheLooks(machine),
        ...designCacheLooks(machine)
      ]
    }
  }

  /** The page walked last, or what it is in a lower layer's space; before the first walk the first page of an area. */
  private pageInUse(layer: Layer): number {
    const { stack } = this.machine
    const walked = this.lane.log.latest()
    const first = stack.inner.space.vmas.list().at(0)?.start ?? 0
    let page: number = walked === null ? first : pageFrom(walked.high, walked.low)
    for (let k = stack.layers.length - 1; k > layer.index && page >= 0; k--)
      page = stack.layers[k].space.table.frameOf(page)
    return Math.max(0, page)
  }

  conversations(after: number): Conversation[] {
    return this.machine.ledger.calls.after(after).map(({ area, ...call }) => {
      const tea = area !== null && this.isAlive(area) ? area.index : null
      return { ...call, tea }
    })
  }

  private isAlive(area: object): boolean {
    return this.machine.stack.layers.some(({ spaces }) =>
      spaces.some(({ teas }) => teas.teas.some((tea) => tea === area))
    )
  }
}
