/** Where two runs were set up differently: for a reader who compares their numbers. */
import { SIZE_TITLE, type PagePolicy } from '@shared/arch/page-size'
import { formatBytes } from '@shared/format/quantity'
import { formatCount } from '@shared/format/number'
import { isObject } from '@shared/model/plain-object'
import type { LabSpec } from '@shared/model/spec'

export interface SpecChange {
  /** `tea.minVmaMiB` */
  readonly path: string
  readonly before: string
  readonly now: string
}

const isPolicy = (path: string): boolean => path === 'pageSize' || path === 'hostPageSize'
const isBytes = (path: string): boolean => /(^|\.)(footprint|bytes)$/.test(path)

function textOf(value: unknown, path: string): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.map(String).join(', ')
  if (typeof value === 'string') return isPolicy(path) ? SIZE_TITLE[value as PagePolicy] : value
  if (typeof value !== 'number') return 'none'
  if (isBytes(path)) return formatBytes(value)
  return Number.isInteger(value) ? formatCount(value) : String(value)
}

function changesIn(before: unknown, now: unknown, path: string): SpecChange[] {
  if (JSON.stringify(before) === JSON.stringify(now)) return []
  if (!isObject(before) || !isObject(now))
    return [{ path, before: textOf(before, path), now: textOf(now, path) }]
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])]
  return names.flatMap((name) => changesIn(before[name], now[name], path ? `${path}.${name}` : name))
}

/** In the order of the spec's fields; empty for the same set-up. */
export const specChanges = (before: LabSpec, now: LabSpec): SpecChange[] => changesIn(before, now, '')
