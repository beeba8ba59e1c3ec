/** The design that a new lane begins with. */
import type { DesignInfo } from '@shared/model/catalogue'
import { environmentRefusal, lackedSize } from '@renderer/help/meaning'
import type { Draft } from '@renderer/stores/setup'

/** What is most worth comparing: both walks of the paper, then the headroom; the others follow as they are listed. */
const FIRST = ['radix', 'pvdmt', 'ideal', 'dmt']

const placeOf = (design: DesignInfo): number => {
  const place = FIRST.indexOf(design.id)
  return place < 0 ? FIRST.length : place
}

/** The first design that the set-up can run and that no lane has yet. */
export function nextDesign(designs: readonly DesignInfo[], draft: Draft): string {
  const ordered = [...designs].sort((a, b) => placeOf(a) - placeOf(b))
  const fits = (design: DesignInfo): boolean =>
    environmentRefusal(design, draft.environment) === null && lackedSize(design, draft) === null
  return ordered.find((design) => fits(design) && !draft.lanes.includes(design.id))?.id ?? 'radix'
}
