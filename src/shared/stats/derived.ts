/** Ratios of counters, each defined once. A ratio over zero is 0. */
import type { Counters } from './counters'

const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b)

export interface DerivedDefinition {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly formula: string
  readonly of: (c: Counters) => number
}

const derived = <Id extends string>(
  id: Id,
  title: string,
  unit: string,
  formula: string,
  of: (c: Counters) => number
) => ({ id, title, unit, formula, of }) as const satisfies DerivedDefinition

export const cyclesPerWalk = (c: Pick<Counters, 'walkCycles' | 'walks'>): number =>
  ratio(c.walkCycles, c.walks)

/** Share of all cycles. */
export const walkOverhead = (c: Pick<Counters, 'walkStallCycles' | 'totalCycles'>): number =>
  ratio(c.walkStallCycles, c.totalCycles)

export const DERIVED = [
  derived('referencesPerWalk', 'References per walk', 'references', 'walkReferences / walks', (c) =>
    ratio(c.walkReferences, c.walks)
  ),
  derived(
    'coveredReferencesPerWalk',
    'References per DMT walk',
    'references',
    'dmtWalkReferences / dmtWalks',
    (c) => ratio(c.dmtWalkReferences, c.dmtWalks)
  ),
  derived('cyclesPerWalk', 'Cycles per walk', 'cycles', 'walkCycles / walks', cyclesPerWalk),
  derived(
    'walkOverhead',
    'Walk overhead',
    'share of all cycles',
    'walkStallCycles / totalCycles',
    walkOverhead
  ),
  derived('walksPerKiloReference', 'TLB misses per 1k references', 'misses', '1000 walks / references', (c) =>
    ratio(1000 * c.walks, c.references)
  ),
  derived('dmtCoverage', 'DMT coverage', 'share of walks', 'dmtWalks / walks', (c) =>
    ratio(c.dmtWalks, c.walks)
  ),
  derived('walksPerKiloInstruction', 'Walk MPKI', 'walks', '1000 walks / instructions', (c) =>
    ratio(1000 * c.walks, c.instructions)
  ),
  derived(
    'criticalReferencesPerWalk',
    'Critical references per walk',
    'references',
    'walkCriticalReferences / walks',
    (c) => ratio(c.walkCriticalReferences, c.walks)
  )
] as const

export type DerivedId = (typeof DERIVED)[number]['id']
export type Derived = Record<DerivedId, number>

export const derive = (c: Counters): Derived =>
  Object.fromEntries(DERIVED.map((d) => [d.id, d.of(c)])) as Derived
