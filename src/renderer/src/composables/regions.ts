/** The parts of the window that F6 goes through, in the order of reading. */

const FOCUSABLE = 'button:not([tabindex="-1"]), select, input, [tabindex="0"]'

/** The next region that can be seen; by -1 the one before. */
export function moveRegion(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null
  )
  const now = regions.findIndex((region) => region.contains(document.activeElement))
  // From nowhere, backwards, the last one comes first.
  const from = now < 0 && by < 0 ? 0 : now
  const next = regions[(from + by + regions.length) % regions.length]
  const target = next?.querySelector<HTMLElement>(FOCUSABLE) ?? next
  target?.focus()
}
