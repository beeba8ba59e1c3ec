/** Answers of the examples: every number in them is taken from what was measured. */
import { counted } from '@shared/format/counted'
import { formatCount, formatFixed, formatRatio, formatShare } from '@shared/format/number'
import type { LayerName } from '@shared/model/environment'
import type { WalkRecord } from '@shared/model/walk-record'
import type { LaneFigures } from '@renderer/composables/comparison'
import type { Facts } from './example'

const entries = (count: number): string => counted(count, 'entry', 'entries')

const isRead = ({ hit }: WalkRecord['steps'][number]): boolean => hit !== 'PWC' && hit !== 'NTLB'
/** Entries that a walk read of a layer's tables. */
export const readsOf = (walk: WalkRecord, layer: LayerName): number =>
  walk.steps.filter((step) => step.layer === layer && isRead(step)).length

const layersOf = (walk: WalkRecord): LayerName[] => [...new Set(walk.steps.map(({ layer }) => layer))].sort()
/** `4 of L1, 20 of L0`. */
const byLayer = (walk: WalkRecord): string =>
  layersOf(walk)
    .reverse()
    .map((layer) => `${formatCount(readsOf(walk, layer))} of ${layer}`)
    .join(', ')

const both = ({ lanes }: Facts) => (lanes[0] && lanes[1] ? ([lanes[0], lanes[1]] as const) : null)
const over = (a: number, b: number): number | null => (a > 0 && b > 0 ? a / b : null)

export const pageWalk = (facts: Facts): number | null => {
  const pair = both(facts)
  return pair && over(pair[0].derived.cyclesPerWalk, pair[1].derived.cyclesPerWalk)
}
export const application = (facts: Facts): number | null => {
  const pair = both(facts)
  return pair && over(pair[0].counters.totalCycles, pair[1].counters.totalCycles)
}
export const coverage = ({ lanes }: Facts): number | null =>
  (lanes[1]?.counters.walks ?? 0) > 0 ? lanes[1].derived.dmtCoverage : null
export const referencesPerWalk = ({ lanes }: Facts): number | null =>
  (lanes[0]?.counters.walks ?? 0) > 0 ? lanes[0].derived.referencesPerWalk : null
/** Entries of the host's tables that lane A's walk read. */
export const hostReads = ({ walks }: Facts): number | null => (walks[0] ? readsOf(walks[0], 'L0') : null)
export const walkReferences = ({ walks }: Facts): number | null => walks[0]?.references ?? null

export function revealWalk({ walks: [a, b] }: Facts): string[] {
  if (!a || !b) return []
  const guest = readsOf(a, 'L1')
  const host = readsOf(a, 'L0')
  return [
    `Lane A read ${entries(a.references)}: ${byLayer(a)}.`,
    `The guest’s ${formatCount(guest)} table pages and the data page have guest-physical addresses, so each of these ${formatCount(guest + 1)} had to be found in the host’s tables first: ${formatCount(guest + 1)} × ${formatCount(host / (guest + 1))} = ${formatCount(host)} reads, and ${formatCount(guest)} of the guest itself.`,
    `Lane B read ${entries(b.references)}: ${byLayer(b)}. Its registers say where the last tables lie, so no level above is walked.`
  ]
}

export function revealHelp({ walks: [a, b] }: Facts): string[] {
  if (!a || !b) return []
  const first = a.steps[0]
  return [
    `DMT read ${entries(a.references)}: ${byLayer(a)}. A guest’s register names a place in guest-physical memory, so the first read, of ${first.layer}, finds out where in the machine that is; then the guest’s entry, then the host’s entry of the data page.`,
    `pvDMT read ${entries(b.references)}: ${byLayer(b)}. The guest had asked the host for contiguous machine frames, so its register leads to its entry at once, and ${entries(a.references - b.references)} of the host is saved.`
  ]
}

export function revealNested({ walks: [a, b] }: Facts): string[] {
  if (!a || !b) return []
  return [
    `Lane A read ${entries(a.references)}: ${byLayer(a)}. It multiplies: every entry of a layer lies at an address that all layers below must translate. No processor walks three dimensions: the host folds the two lower layers into a shadow EPT, and a nested walk takes 24 references again.`,
    `Lane B read ${entries(b.references)}: ${byLayer(b)}. Each register names machine memory, so a layer adds one read. DMT without the guests’ help takes 7.`
  ]
}

export function revealLive(facts: Facts): string[] {
  const pair = both(facts)
  const ratio = pageWalk(facts)
  if (!pair || ratio === null) return []
  const [a, b] = pair
  const whole = application(facts) ?? 1
  return [
    `A walk takes ${formatFixed(a.derived.cyclesPerWalk, 1)} cycles in A and ${formatFixed(b.derived.cyclesPerWalk, 1)} in B, with ${formatFixed(a.derived.referencesPerWalk, 2)} and ${formatFixed(b.derived.referencesPerWalk, 2)} references. Walk caches already hold most upper levels, so a reference saved is often a cheap one.`,
    `Walks are ${formatShare(a.derived.walkOverhead)} of A’s cycles; the whole program gains ${formatRatio(whole)}.`,
    'Turn DMT off in lane B: its registers become invalid, and its line rises to A’s.'
  ]
}

export function revealFragmented({ lanes, events }: Facts): string[] {
  const b = lanes[1]
  if (!b || b.counters.walks === 0) return []
  const { counters, derived } = b
  const made = events['tea-create'] ?? 0
  const denied = events['gtea-deny'] ?? 0
  return [
    `Registers served ${formatShare(derived.dmtCoverage)} of the walks in every layer; ${counted(counters.fallbackWalks, 'walk')} fell back, because in one of the layers no register led to a valid entry.`,
    `While memory was set up, ${counted(made, 'entry area')} could be made, and ${counted(denied, 'request')} for machine frames in a row ${denied === 1 ? 'was' : 'were'} denied.`,
    'Short runs of free frames make short entry areas, and each takes a register. What finds no register, or no run, keeps ordinary tables: it is walked as radix, and stays correct.'
  ]
}

export function revealHuge(facts: Facts): string[] {
  const pair = both(facts)
  const ratio = pageWalk(facts)
  if (!pair || ratio === null) return []
  const [a, b] = pair
  return [
    `With 2 MiB pages ${formatFixed(a.derived.walksPerKiloReference, 1)} of 1,000 references still walk, because the footprint is larger than the TLB reaches. A reads ${formatFixed(a.derived.referencesPerWalk, 2)} entries a walk, B ${formatFixed(b.derived.referencesPerWalk, 2)}.`,
    `Walks are ${formatShare(a.derived.walkOverhead)} of A’s cycles, ${formatShare(b.derived.walkOverhead)} of B’s.`
  ]
}

export function revealCaches({ lanes: [a] }: Facts): string[] {
  if (!a || a.counters.walks === 0) return []
  const { counters, derived } = a
  const spared = (counters.pwcHits + counters.ntlbHits) / counters.walks
  return [
    `Lane A makes ${formatFixed(derived.referencesPerWalk, 2)} references a walk. Walk caches and the nested TLB answered ${formatFixed(spared, 2)} more steps of each. An answer also spares the steps before it, so the two do not add up to 24.`,
    `What is left is costly: ${formatShare(counters.stepsMemory / Math.max(1, counters.walkReferences))} of the references go to memory. They read leaf entries, of which there are too many for any cache, and those are what DMT goes to directly.`
  ]
}

export function revealIsolation({ lanes: [a] }: Facts): string[] {
  if (!a || a.counters.walks === 0) return []
  return [
    'Choose what the guest’s register names. Its own area is allowed. Anything else is refused as the register is loaded, so the other’s entries are never read, and the walk goes on without a register.'
  ]
}

export function revealHeadroom(facts: Facts): string[] {
  const pair = both(facts)
  const whole = application(facts)
  if (!pair || whole === null) return []
  const [a, b] = pair
  return [
    `Without any cost of translation the program takes ${formatShare(1 / whole)} of A’s cycles: ${formatCount(b.counters.totalCycles)} instead of ${formatCount(a.counters.totalCycles)}.`,
    `A stalls on walks for ${formatShare(a.derived.walkOverhead)} of its cycles. About so much can be given back, a little more where walks also pushed data out of the caches.`
  ]
}

/** A program that is slower although its walks are not: its system software had more to do. */
function softwareLoss(a: LaneFigures, b: LaneFigures, whole: number): string[] {
  const [spentA, spentB] = [a.counters.softwareCycles, b.counters.softwareCycles]
  if (whole >= 1 || spentB <= spentA) return []
  return [
    `System software takes ${formatCount(spentB)} cycles in B and ${formatCount(spentA)} in A: entry areas cost most when they are made, so a longer run tells more.`
  ]
}

/** Where most time goes into faults of first touches, walks look cheaper than they are to a program that runs on. */
function firstTouches({ counters }: LaneFigures): string[] {
  const share = counters.softwareCycles / counters.totalCycles
  if (!(share > 0.5)) return []
  return [
    `System software takes ${formatShare(share)} of A’s cycles, because a page is made when it is first touched. With a warm-up the first touches are left out, and walks take the share that they have in a program that runs on.`
  ]
}

export function revealTrace(facts: Facts): string[] {
  const pair = both(facts)
  if (!pair) return []
  const [a, b] = pair
  if (Number.isNaN(a.derived.walksPerKiloReference))
    return [
      'This trace holds samples of a program’s accesses, so nothing is claimed about misses and cycles.'
    ]
  const whole = application(facts)
  const ratio = pageWalk(facts)
  const misses = `Of 1,000 references ${formatFixed(a.derived.walksPerKiloReference, 1)} miss the TLB, and walks take ${formatShare(a.derived.walkOverhead)} of all cycles: that is about the most a design can give back.`
  if (whole === null || ratio === null || a.counters.walks === 0) return [misses]
  const gain = `Lane B makes a walk ${formatRatio(ratio)} as fast and the whole program ${formatRatio(whole)}.`
  const served = `Registers served ${formatShare(b.derived.dmtCoverage)} of its walks.`
  const hasRegisters = b.counters.dmtWalks + b.counters.fallbackWalks > 0
  const told = [misses, ...firstTouches(a), gain]
  return hasRegisters ? [...told, served, ...softwareLoss(a, b, whole)] : told
}
