/**
 * A person's own hardware: a JSON object with the differences from a profile,
 * `{ "base": "skylake", "title": "...", "cache": { "llc": { "bytes": "32MiB" } } }`. It may be hostile: what it holds
 * is compared with known names and bounds before anything is made of it.
 */
import {
  HARDWARE_GROUPS,
  hardwareSchema,
  type HardwareParameters,
  type HardwareProfile
} from '@shared/model/hardware-profile'
import type { SpecInput } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { nearest } from './nearest'
import { PARAMETERS } from './parameters'
import { isObject, type PlainObject } from '@shared/model/plain-object'
import { merged } from './plain-object'
import { ACTED_ON, issueProblem, unknownProblem, valueText, type Problem } from './spec-problem'
import { unknownPaths } from './unknown-paths'

/** Every parameter written out takes less than a tenth of it. */
export const LARGEST_HARDWARE_FILE = 2 ** 16

const LONGEST_TITLE = 60
const OWN_NAMES = ['base', 'title', 'summary'] as const

const inGroups = (path: string): boolean => HARDWARE_GROUPS.some((group) => path.startsWith(`${group}.`))
const KNOWN = [...OWN_NAMES, ...PARAMETERS.map((one) => one.path).filter(inGroups)]

const groupsOf = (input: PlainObject): PlainObject =>
  Object.fromEntries(HARDWARE_GROUPS.filter((g) => Object.hasOwn(input, g)).map((g) => [g, input[g]]))

/** True for a spec that gives every parameter of the hardware itself, as that of a result does. */
export const hasWholeHardware = (input: SpecInput): boolean =>
  HARDWARE_GROUPS.every((group) => isObject(input[group])) &&
  hardwareSchema.safeParse(groupsOf(input)).success

const without = (input: PlainObject, names: readonly string[]): PlainObject =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)))

/** The spec without its hardware, where that was whole, and without the cost that a profile sets beside it. */
export function withoutWholeHardware(input: SpecInput): SpecInput {
  if (!hasWholeHardware(input)) return input
  const rest = without(input, HARDWARE_GROUPS)
  return isObject(rest.dmt) ? { ...rest, dmt: without(rest.dmt, ['matchCycles']) } : rest
}

/** What matching the registers costs on this hardware, where the spec does not say. */
export function withMatchCycles(input: SpecInput, { matchCycles }: HardwareProfile): SpecInput {
  const { dmt } = input
  if (matchCycles === undefined || (dmt !== undefined && !isObject(dmt))) return input
  return { ...input, dmt: { matchCycles, ...dmt } }
}

/** The spec with all parameters of this hardware, the spec's own differences over them, and its title for a name. */
export const onHardware = (input: SpecInput, own: HardwareProfile): SpecInput => ({
  ...withMatchCycles(input, own),
  profile: own.title,
  ...Object.fromEntries(HARDWARE_GROUPS.map((group) => [group, merged(own.hardware[group], input[group])]))
})

/** A file's name may hold anything but a slash. */
const titleFromName = (file: string): string => file.replace(ACTED_ON, ' ')

/** The first problem, and how many more there are. */
function refuse(problems: readonly Problem[], file: string): never {
  const [{ what, where, todo }] = problems
  const more = problems.length > 1 ? `, ${problems.length - 1} more there` : ''
  throw new UserError(what, where ? `${where} in ${file}${more}` : `${file}${more}`, todo)
}

/** One line that reads in one direction, without what a terminal acts on. */
const isPlain = (text: string): boolean => text !== '' && text.search(ACTED_ON) < 0

function textProblem(value: unknown, where: string, most: number): Problem[] {
  const isText = typeof value === 'string' && isPlain(value.trim()) && value.length <= most
  return value === undefined || isText
    ? []
    : [{ what: `${valueText(value)} is not accepted`, where, todo: `give text of 1 to ${most} letters` }]
}

/** A file without a title is called by its name, which may be that of a profile too. */
function titleProblem(title: unknown, file: string, profiles: readonly HardwareProfile[]): Problem[] {
  const name = typeof title === 'string' ? title.trim() : file
  return profiles.some((one) => one.id === name)
    ? [{ what: `${valueText(name)} is a profile of the lab`, where: 'title', todo: 'give another title' }]
    : textProblem(title, 'title', LONGEST_TITLE)
}

function unknownNames(input: PlainObject): Problem[] {
  const isKnown = (name: string): boolean => [...OWN_NAMES, ...HARDWARE_GROUPS].some((one) => one === name)
  const strangers = Object.keys(input).filter((name) => !isKnown(name))
  return [...strangers, ...unknownPaths(groupsOf(input))].map((path) => ({
    ...unknownProblem(path, KNOWN),
    where: ''
  }))
}

function baseOf(input: PlainObject, profiles: readonly HardwareProfile[], file: string): HardwareProfile {
  const { base = profiles[0].id } = input
  const found = profiles.find((one) => one.id === base)
  if (found) return found
  const ids = profiles.map((one) => one.id)
  const near =
    typeof base === 'string'
      ? `nearest names: ${nearest(base, ids).join(', ')}`
      : `give one of ${ids.join(', ')}`
  return refuse([{ what: `unknown hardware profile ${valueText(base)}`, where: 'base', todo: near }], file)
}

/** Paths of the values below: `cache.llc.bytes`. */
function pathsOf(value: unknown, prefix: string): string[] {
  if (!isObject(value)) return [prefix]
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, prefix ? `${prefix}.${name}` : name))
}

/** Sources of the base, but for the parameters that the file gives. */
function sourcesOf(base: HardwareProfile, given: PlainObject, file: string): HardwareProfile['sources'] {
  const own = pathsOf(given, '').filter((path) => path !== '')
  return { ...base.sources, ...Object.fromEntries(own.map((path) => [path, `given in ${file}`])) }
}

/**
 * The profile that a file's value describes.
 * @param file its name without a folder
 * @throws UserError that names the field by its path
 */
export function ownHardware(
  value: unknown,
  file: string,
  profiles: readonly HardwareProfile[]
): HardwareProfile {
  if (!isObject(value))
    throw new UserError('own hardware is one JSON object', file, 'put the differences into { }')
  const unknown = unknownNames(value)
  if (unknown.length > 0) refuse(unknown, file)
  const base = baseOf(value, profiles, file)
  const given = groupsOf(value)
  const complete = merged(base.hardware, given)
  const parsed = hardwareSchema.safeParse(complete)
  const problems = [
    ...titleProblem(value.title, file, profiles),
    ...textProblem(value.summary, 'summary', 4 * LONGEST_TITLE),
    ...(parsed.error?.issues ?? []).map((issue) => issueProblem(issue, complete))
  ]
  if (!parsed.success || problems.length > 0) return refuse(problems, file)
  const title = typeof value.title === 'string' ? value.title.trim() : titleFromName(file)
  const summary =
    typeof value.summary === 'string' ? value.summary.trim() : `${base.title} with changes from ${file}`
  const hardware: HardwareParameters = parsed.data
  return {
    ...base,
    id: title,
    base: base.id,
    title,
    summary,
    hardware,
    sources: sourcesOf(base, given, file)
  }
}
