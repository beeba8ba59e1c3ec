/**
 * The set-up in a JSON object: a spec as the command line reads it, or a result, which holds the spec that was run.
 * Either may be hostile and is resolved as any other input.
 */
import { HARDWARE_GROUPS, type HardwareProfile } from '@shared/model/hardware-profile'
import type { ImportedSetup } from '@shared/model/imported-setup'
import { isObject, type PlainObject } from '@shared/model/plain-object'
import { RUN_SCHEMA } from '@shared/model/result'
import { labSpecSchema, type LabSpec, type SpecInput } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { OFFER } from './catalogue'
import type { NamedObject } from './json-object'
import { ownHardware } from './own-hardware'
import { resolveSpec } from './resolve-spec'

/** Names that tell a spec from own hardware, which has the groups of a machine too. */
const SPEC_NAMES = Object.keys(labSpecSchema.shape).filter(
  (name) => !HARDWARE_GROUPS.some((group) => group === name)
)

function specIn(value: PlainObject): SpecInput | null {
  if (value.schema === RUN_SCHEMA) return isObject(value.spec) ? value.spec : null
  return SPEC_NAMES.some((name) => Object.hasOwn(value, name)) ? value : null
}

/** The parts of `value` that `base` does not have alike; undefined when there is none. */
function differences(base: unknown, value: unknown): unknown {
  if (!isObject(base) || !isObject(value))
    return JSON.stringify(base) === JSON.stringify(value) ? undefined : value
  const parts = Object.entries(value).map(([name, inner]) => [name, differences(base[name], inner)] as const)
  const other = parts.filter(([, part]) => part !== undefined)
  return other.length > 0 ? Object.fromEntries(other) : undefined
}

/** The machine of a spec, where it is no profile of the lab as it is. */
function hardwareOf(spec: LabSpec, file: string): HardwareProfile | null {
  const known = OFFER.profiles.find(({ id }) => id === spec.profile)
  const base = known ?? OFFER.profiles[0]
  const groups = Object.fromEntries(HARDWARE_GROUPS.map((group) => [group, spec[group]]))
  const own = differences(base.hardware, groups) as PlainObject | undefined
  if (known && own === undefined) return null
  return ownHardware(
    { ...own, base: base.id, ...(known ? {} : { title: spec.profile }) },
    file,
    OFFER.profiles
  )
}

function resolved(input: SpecInput, file: string): LabSpec {
  const resolution = resolveSpec(input, OFFER)
  if ('spec' in resolution) return resolution.spec
  const [problem, ...more] = resolution.problems
  const where = more.length > 0 ? `${file}, ${more.length} more there` : file
  throw new UserError(problem, where, 'or give another file')
}

/**
 * Null for an object that is neither.
 * @throws UserError for one whose spec the lab does not take
 */
export function setupIn({ name, value }: NamedObject): ImportedSetup | null {
  const input = specIn(value)
  if (!input) return null
  const whole = resolved(input, name)
  const { trace, scenario } = whole
  const missing = trace?.file ?? scenario?.file ?? null
  const spec = missing === null ? whole : { ...whole, trace: null, scenario: null }
  return { name, spec, hardware: hardwareOf(whole, name), missing }
}
