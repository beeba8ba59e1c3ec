/** "What is this?": the page of Help that defines the control or number that has the focus. */

/** Pages of controls, by the names that they bear; a lane's are told by how they end. */
const CONTROLS: Record<string, string> = {
  Environment: 'term/environment',
  Workload: 'term/workload',
  Footprint: 'term/footprint',
  References: 'number/references',
  'Warm-up': 'term/warm-up',
  'Page size': 'term/page-policy',
  'Host page size': 'term/page-policy',
  Fragmentation: 'term/fragmentation',
  'TEA threshold': 'term/tea-threshold',
  'Cooperative allocation': 'term/gtea',
  'Hardware profile': 'term/hardware-profile',
  Seed: 'number/seed',
  Speed: 'number/referencesPerSecond'
}
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/^Lane [A-D] design$/, 'term/design'],
  [/^Lane [A-D] DMT$/, 'term/dmt']
]

/** Page of Help of a control's name; undefined where there is none. */
export const pageOfControl = (name: string): string | undefined =>
  CONTROLS[name] ?? ENDINGS.find(([pattern]) => pattern.test(name))?.[1]

const nameOf = (element: Element): string => element.getAttribute('aria-label') ?? element.textContent.trim()

/** Of the element that has the focus, or of what it lies in. */
export function pageOf(element: Element | null): string | undefined {
  if (!element) return undefined
  return element.closest('[data-term]')?.getAttribute('data-term') ?? pageOfControl(nameOf(element))
}
