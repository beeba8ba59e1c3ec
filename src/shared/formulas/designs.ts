/**
 * What each design would pay for a walk of the radix baseline, by the paper's evaluation (artifact,
 * processor/Formula.cs; places.ts names the steps). Nothing is executed: every design is given the latencies
 * that the baseline's own steps had, whatever it would have found in the caches itself.
 *
 * One expression serves both page sizes, because the steps passed in end at the leaf: level 4 with 4K, level 3
 * with 2M. So the 2M group of FPT folds levels 1 and 3, as Formula.cs has it for native walks; of the foldings
 * tried for two dimensions this one gives the check values of the recorded histograms (tests).
 */
import type { PlaceCycles } from './places'

export const PAPER_DESIGNS = [
  { id: 'vanilla', title: 'Vanilla' },
  { id: 'fpt', title: 'FPT' },
  { id: 'ecpt', title: 'ECPT' },
  { id: 'asap', title: 'ASAP' },
  { id: 'agile', title: 'Agile' },
  { id: 'dmt', title: 'DMT' },
  { id: 'pvdmt', title: 'pvDMT' }
] as const
export type PaperDesign = (typeof PAPER_DESIGNS)[number]['id']

export type PaperEnvironment = 'native' | 'virtualized' | 'nested'

type Formula = (walk: PlaceCycles) => number
type Formulas = Partial<Record<PaperDesign, Formula>>

/** Cuckoo walk cache and hash, native; three such stages of 4 cycles with nested paging. */
const ECPT_NATIVE_CYCLES = 2
const ECPT_VIRTUALIZED_CYCLES = 12
/** Three reads for the two that were recorded. */
const NESTED_PVDMT_FACTOR = 3 / 2

const sum = (cycles: readonly number[]): number => cycles.reduce((total, one) => total + one, 0)
const leaf = (cycles: readonly number[]): number => cycles[cycles.length - 1]
/** A table folded with the one above it: the leaf, and the level two above it. */
const folded = (cycles: readonly number[]): number => cycles[cycles.length - 3] + leaf(cycles)

/** The two upper levels in turn, while the prefetches of the levels below them are under way. */
const prefetched = ([first, second, ...rest]: readonly number[]): number => Math.max(first + second, ...rest)

const dmt: Formula = ({ guest, host, data }) => leaf(host.map(leaf)) + leaf(guest) + leaf(data)
const pvdmt: Formula = ({ guest, data }) => leaf(guest) + leaf(data)
const twoDimensional: Formula = ({ guest, host, data }) => sum(host.map(sum)) + sum(guest) + sum(data)

const FORMULAS: Readonly<Record<PaperEnvironment, Formulas>> = {
  native: {
    vanilla: ({ guest }) => sum(guest),
    fpt: ({ guest }) => folded(guest),
    ecpt: ({ guest }) => leaf(guest) + ECPT_NATIVE_CYCLES,
    asap: ({ guest }) => prefetched(guest),
    dmt: ({ guest }) => leaf(guest)
  },
  virtualized: {
    vanilla: twoDimensional,
    fpt: ({ guest, host, data }) => folded(host.map(folded)) + folded(guest) + folded(data),
    ecpt: (walk) => dmt(walk) + ECPT_VIRTUALIZED_CYCLES,
    asap: ({ guest, host, data }) =>
      prefetched(guest.map((cycles, level) => prefetched(host[level]) + cycles)) + prefetched(data),
    agile: ({ guest, data }) => sum(guest) + sum(data),
    dmt,
    pvdmt
  },
  nested: { vanilla: twoDimensional, pvdmt: (walk) => NESTED_PVDMT_FACTOR * pvdmt(walk) }
}

/** Designs the paper has a formula for in an environment, in the order of PAPER_DESIGNS, with their formulas. */
export function formulasIn(environment: PaperEnvironment): [PaperDesign, Formula][] {
  return PAPER_DESIGNS.flatMap(({ id }): [PaperDesign, Formula][] => {
    const formula = FORMULAS[environment][id]
    return formula ? [[id, formula]] : []
  })
}
