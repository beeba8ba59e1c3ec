// Prefetched address translation, MICRO 2019 (Margaritov et al.): the walks of radix, whose deepest entries are read
// ahead.
import { machineContext, vpidOfLayer } from '@shared/arch/context'
import { DEPTH, ENVIRONMENTS, type LayerMode } from '@shared/model/environment'
import { AheadPort } from '../hardware/prefetch/ahead-port'
import { AsapStage } from '../hardware/prefetch/asap-stage'
import { lookingCaches } from '../hardware/prefetch/looking-caches'
import { Outstanding } from '../hardware/prefetch/outstanding'
import { PrefetchPort } from '../hardware/prefetch/prefetch-port'
import { PrefetchedWalk } from '../hardware/prefetch/prefetched-walk'
import { GteaReader } from '../hardware/registers/gtea-reader'
import { TimedPort } from '../hardware/walker/entry-port'
import type { Stage } from '../hardware/walker/stage'
import type { HardwareParts, TranslationDesign } from './design'
import { radix } from './radix'
import { ept02Plan, radixStage, shadowStage } from './stages'

/** A layer's walk, and the same made ahead of the walk of the layer above. */
interface Walkers {
  readonly walk: Stage
  readonly ahead: Stage
}

export const asap: TranslationDesign = {
  info: {
    id: 'asap',
    title: 'ASAP',
    summary:
      'Radix walks whose two deepest levels lie in arrays, so that their entries are prefetched as the walk begins.',
    paper: 'Prefetched Address Translation, MICRO 2019, DOI 10.1145/3352460.3358294',
    environments: ENVIRONMENTS,
    refusal: null,
    hasRegisters: false,
    story: {
      how: 'The kernel keeps the table pages of the two deepest levels of a large memory area in arrays, in the order of the addresses they map, and a register for each array. At a TLB miss hardware reads the entries of these levels at the addresses that the registers give, and begins the ordinary walk at the same time. The walk is made as ever, from the root; when it comes to the deepest levels their entries are there, so it waits for two reads one after the other natively, not for four. In a guest an array can be read ahead only where the host has placed it in contiguous machine memory; the host’s walk for that table is made ahead too.',
      otherwise:
        'Without an array, or with a table outside it, the walk is that of radix and any prefetch is in vain. Nothing that was prefetched is believed, so nothing can be wrong.',
      notes: [
        'Arrays and registers are those of the lab’s DMT and pvDMT, limits and costs included; the paper’s own are not public here: assumed.',
        'Levels 1 and 2 are prefetched, whatever the page size: of 2 MiB pages the leaf, of 1 GiB pages nothing (documented reference counts).',
        'What is prefetched is a reference, used or not; the walk’s own read of it is none, and waits for it.',
        'Prefetches ask page-walk caches and the nested TLB what they know, and change neither; that the walk may find its tables there, and need no prefetch, is seen in the count of unused ones: assumed.',
        'A prefetch sets no A or D bit and cannot fault (abstract of the paper: no change of correctness).',
        'Nested, over EPT02, L2’s arrays alone are used: L0 makes no arrays for EPT02. Those of L0 and L1 serve where the lower layers’ tables are walked themselves (nested.fallback pure): assumed.',
        'The most prefetches that may be under way at once are not limited: assumed.'
      ]
    }
  },
  modes: (environment) =>
    Array.from({ length: DEPTH[environment] }, (_, k): LayerMode => (k === 0 ? 'D' : 'P')),
  shadow: ept02Plan,
  areaClasses: (policy) => (policy === '1G' ? [] : policy === '2M' ? [2] : [1, 2]),
  hasHugeWindows: true,
  stage: (parts) => (parts.port instanceof TimedPort ? prefetched(parts) : radix.stage(parts))
}

function prefetched(parts: HardwareParts): Stage {
  const { walk, port, stack, ledger, walkCaches, spec } = parts
  const { memory } = stack
  const outstanding = new Outstanding(walk)
  const latency = spec.cache.l1d.latencyCycles
  const walking = { ...parts, port: new PrefetchPort({ port, outstanding, memory, walk, latency }) }
  const ahead = {
    ...parts,
    port: new AheadPort({ port, outstanding, memory, walk, books: ledger }),
    walkCaches: walkCaches && lookingCaches(walkCaches),
    walksKnownPaths: false
  }
  const layers = stack.layers.map((_, k) => k)
  const shadowed = stack.shadow ? { walk: shadowStage(walking), ahead: shadowStage(ahead) } : null
  const top = layers
    .slice(shadowed ? 2 : 0)
    .reduce<Walkers | null>((below, k) => layerWalkers(walking, ahead, k, below), shadowed) as Walkers
  return new PrefetchedWalk(top.walk, outstanding, ledger)
}

function layerWalkers(
  walking: HardwareParts,
  ahead: HardwareParts,
  k: number,
  below: Walkers | null
): Walkers {
  const { walk, stack, states, spec, walkCaches } = walking
  const checksInWalks = stack.gteas.mode !== 'on-load'
  const gteas = { table: stack.gteas, port: ahead.port, walk, cache: walkCaches?.gtea ?? null }
  const over = (walker: Stage): Stage =>
    new AsapStage({
      layer: k,
      state: states[k],
      matchCycles: spec.dmt.matchCycles,
      walker,
      ahead: ahead.port,
      aheadBelow: below?.ahead ?? null,
      ntlb: walkCaches?.ntlb[k] ?? null,
      tablesContext: machineContext(vpidOfLayer(k)),
      gteas: checksInWalks ? new GteaReader(gteas) : null,
      walk
    })
  return {
    walk: over(radixStage(walking, k, below?.walk ?? null)),
    ahead: over(radixStage(ahead, k, below?.ahead ?? null))
  }
}
