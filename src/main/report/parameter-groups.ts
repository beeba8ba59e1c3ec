/** Every parameter of a run with its value, in the groups of the spec. */
import { findParameter, PARAMETERS } from '@main/lab/parameters'
import { valueAt } from '@main/lab/plain-object'
import { NONE } from '@shared/format/number'
import { sizeText } from '@shared/model/quantity'
import type { LabSpec } from '@shared/model/spec'

export interface ParameterGroup {
  readonly title: string
  readonly rows: readonly { readonly path: string; readonly value: string }[]
}

function parameterText(path: string, spec: LabSpec): string {
  const value = valueAt(spec, path.split('.'))
  if (value === undefined || value === null) return NONE
  if (Array.isArray(value)) return value.join(', ')
  if (findParameter(path)?.kind === 'size') return sizeText(Number(value))
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const TOP_GROUP = 'experiment'
const groupTitle = (path: string): string =>
  path.includes('.') ? path.slice(0, path.indexOf('.')) : TOP_GROUP

export function parameterGroups(spec: LabSpec): ParameterGroup[] {
  const titles = [...new Set(PARAMETERS.map(({ path }) => groupTitle(path)))]
  return titles.map((title) => ({
    title,
    rows: PARAMETERS.filter(({ path }) => groupTitle(path) === title).map(({ path }) => ({
      path,
      value: parameterText(path, spec)
    }))
  }))
}
