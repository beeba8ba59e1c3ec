/** What parts of a set-up are called. */
import { isSame, type PanelField, type SetupField, type SetupState } from './setup'

const FIELD_TITLES: Record<PanelField, string> = {
  environment: 'environment',
  lanes: 'designs',
  workload: 'workload',
  trace: 'trace',
  scenario: 'scenario',
  footprint: 'footprint',
  references: 'references',
  loop: 'what follows the end of the trace',
  warmup: 'warm-up',
  pageSize: 'page size',
  hostPageSize: 'host page size',
  profile: 'hardware profile',
  fragmentation: 'fragmentation',
  tea: 'TEA threshold',
  seed: 'seed',
  cooperation: 'cooperative allocation'
}

const isOfPanel = (path: string): path is PanelField => Object.hasOwn(FIELD_TITLES, path)

/** A parameter as the panel calls it; by its path where the panel has none of it. */
export const parameterTitle = (path: string): string => (isOfPanel(path) ? FIELD_TITLES[path] : path)

export const fieldTitle = (field: SetupField): string =>
  isOfPanel(field) ? FIELD_TITLES[field] : 'what the workload is set to'

/** What differs between two set-ups, in words, each once. */
export function setupTitles(before: SetupState, after: SetupState): string[] {
  const fields = Object.keys(after.draft) as SetupField[]
  const changed = fields.filter((field) => !isSame(before.draft[field], after.draft[field]))
  const titles = changed.map(fieldTitle)
  const isOtherHardware = !isSame(before.ownHardware, after.ownHardware)
  return [...new Set(isOtherHardware ? [...titles, FIELD_TITLES.profile] : titles)]
}
