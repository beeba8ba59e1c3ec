/** The parameters of a hardware profile as rows: path, value in words, source, and the value of the base where it differs. */
import { formatCount } from '@shared/format/number'
import { formatBytes, formatCycles } from '@shared/format/quantity'
import { HARDWARE_GROUPS, type HardwareProfile } from '@shared/model/hardware-profile'
import { sourceOf } from '@shared/profiles'

export interface HardwareRow {
  /** `cache.llc.bytes`, as `--option` and a hardware file name it. */
  readonly path: string
  readonly value: string
  readonly source: string
  /** Value of the base, where this one differs from it. */
  readonly instead: string | null
}

type Value = string | number
type Tree = { readonly [name: string]: Tree | Value }

function valueText(path: string, value: Value): string {
  if (typeof value === 'string') return value
  if (path.endsWith('.bytes')) return formatBytes(value)
  return path.endsWith('atencyCycles')
    ? formatCycles(value, Number.isInteger(value) ? 0 : 1)
    : formatCount(value)
}

const leaves = (tree: Tree, prefix: string): [string, Value][] =>
  Object.entries(tree).flatMap(([name, value]): [string, Value][] =>
    typeof value === 'object' ? leaves(value, `${prefix}${name}.`) : [[prefix + name, value]]
  )

const valuesOf = ({ hardware }: HardwareProfile): [string, Value][] =>
  HARDWARE_GROUPS.flatMap((group) => leaves(hardware[group] as Tree, `${group}.`))

/** @param base what the profile differs from; null where there is none */
export function hardwareRows(profile: HardwareProfile, base: HardwareProfile | null): HardwareRow[] {
  const before = new Map(base ? valuesOf(base) : [])
  return valuesOf(profile).map(([path, value]) => {
    const old = before.get(path)
    const instead = old === undefined || old === value ? null : valueText(path, old)
    return { path, value: valueText(path, value), source: sourceOf(profile, path) ?? '', instead }
  })
}
