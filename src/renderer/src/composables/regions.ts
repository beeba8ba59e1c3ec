/** The parts of the window that F6 goes through, in the order of reading. */
import { nextInRing } from './ring'

/** One that holds others is no stop of its own: they are. */
const REGIONS = '[data-region]:not(:has([data-region]))'
const FOCUSABLE = 'button:not([tabindex="-1"]), select, input, [tabindex="0"]'

/** A region to be read takes the focus itself; of others the first part that can be seen, else the region where it may. */
function targetOf(region: HTMLElement): HTMLElement | null {
  if (!region.checkVisibility()) return null
  if (region.tabIndex === 0) return region
  const parts = [...region.querySelectorAll<HTMLElement>(FOCUSABLE)]
  return parts.find((part) => part.checkVisibility()) ?? (region.hasAttribute('tabindex') ? region : null)
}

/** To the next region that can be seen; by -1 to the one before. */
export function moveRegion(by: 1 | -1): void {
  const stops = [...document.querySelectorAll<HTMLElement>(REGIONS)].flatMap((region) => {
    const target = targetOf(region)
    return target ? [{ region, target }] : []
  })
  const now = stops.findIndex(({ region }) => region.contains(document.activeElement))
  stops[nextInRing(now, by, stops.length)]?.target.focus()
}
