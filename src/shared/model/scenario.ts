/**
 * Scenarios, schema dmt-lab/scenario@1: written by hand, read from anywhere. A step is an object whose one verb says
 * what it does; the other members say how. Messages are ends of the sentence that begins with the member's path.
 */
import { z } from 'zod'
import { ENVIRONMENTS, LAYER_NAMES, type Environment } from './environment'
import { ADVICE, FORGERIES, PROTECT_EXECUTE, PROTECT_WRITE } from './operation'
import { parseCount, parseSize } from './quantity'

export const SCENARIO_SCHEMA = 'dmt-lab/scenario@1'

/** Order in which a touch goes over its pages. */
const TOUCH_PATTERNS = ['sequential', 'strided', 'random', 'zipf'] as const
export type TouchPattern = (typeof TOUCH_PATTERNS)[number]

/** Each page once: for the patterns that are an order of pages. */
export const ALL = 'all'

/** Bytes, or a share: of the footprint, and in a part, of the area. */
export type ScenarioSize = { readonly bytes: number } | { readonly share: number }

const PROTECTIONS = {
  r: 0,
  rw: PROTECT_WRITE,
  rx: PROTECT_EXECUTE,
  rwx: PROTECT_WRITE | PROTECT_EXECUTE
} as const

/** What a host that a virtual machine moves to may lack. */
const HOST_LACKS = ['contiguity', 'dmt'] as const

export const INNERMOST = 'innermost'
const LAYERS = [...LAYER_NAMES, INNERMOST] as const
export type ScenarioLayer = (typeof LAYERS)[number]

const MOST_BYTES = 2 ** 42
const MOST_TIMES = 1e9
const MOST_ACCESSES = 1e12
const MOST_AREAS = 256
const MOST_CPUS = 64
/** More steps than any protocol of the lab has. */
const MOST_FAILED_STEP = 1000
const LONGEST_TITLE = 80
const LONGEST_SUMMARY = 400

/** A member: `read` gives undefined for what is not accepted. */
const member = <T>(what: string, todo: string, read: (value: unknown) => T | undefined) =>
  z.unknown().transform((value, context): T => {
    const given = value === undefined ? undefined : read(value)
    if (given !== undefined) return given
    const message = value === undefined ? 'is missing' : what
    context.addIssue({ code: 'custom', message, params: { todo } })
    return z.NEVER
  })

const isWithin = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max

const whole = (min: number, max: number) =>
  member('is not accepted', `give a whole number from ${min} to ${max}`, (value) =>
    isWithin(value, min, max) ? value : undefined
  )

const choice = <const T extends string>(choices: readonly T[]) =>
  member('is not accepted', `give one of ${choices.join(', ')}`, (value) =>
    choices.find((one) => one === value)
  )

const listOf = <const T extends string>(choices: readonly T[], least: number) =>
  member('is not accepted', `give a list of ${choices.join(', ')}`, (value) => {
    if (!Array.isArray(value) || value.length < least || value.length > choices.length) return undefined
    const known = choices.filter((one) => value.includes(one))
    return known.length === value.length ? known : undefined
  })

const text = (longest: number) =>
  member('is no text', `give at most ${longest} characters`, (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= longest ? value : undefined
  )

const yes = member('is not accepted', 'give true', (value) => (value === true ? true : undefined))
const flag = member('is not accepted', 'give true or false', (value) =>
  typeof value === 'boolean' ? value : undefined
)

const share = member('is no share', 'give a number from 0 to 1', (value) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined
)

const SHARE = /^(\d{1,4}(?:\.\d{1,6})?)%$|^(\d{1,4})\/([1-9]\d{0,5})$/

/** `12.5%` and `1/8` are the same. */
function readShare(text: string): number | undefined {
  const match = SHARE.exec(text)
  if (!match) return undefined
  const [, percent, above, below] = match
  return percent === undefined ? Number(above) / Number(below) : Number(percent) / 100
}

function readSize(value: unknown, least: number): ScenarioSize | undefined {
  const share = typeof value === 'string' ? readShare(value) : undefined
  if (share !== undefined) return share > 0 || least === 0 ? { share } : undefined
  const bytes = typeof value === 'string' ? parseSize(value) : value
  return isWithin(bytes, least, MOST_BYTES) ? { bytes } : undefined
}

const sizeFrom = (least: number) =>
  member('is not a size', 'give a share such as "12.5%" or "1/8", or a size such as "64MiB"', (value) =>
    readSize(value, least)
  )
const size = sizeFrom(1)

const countTo = (most: number) =>
  member('is not a count', `give a whole number from 1 to ${most}, such as 500 or "10k"`, (value) => {
    const count = typeof value === 'string' ? parseCount(value) : value
    return isWithin(count, 1, most) ? count : undefined
  })

const accesses = member('is not a count', 'give "all", or a count such as 500 or "10k"', (value) => {
  const count = typeof value === 'string' && value !== ALL ? parseCount(value) : value
  if (count === ALL) return ALL
  return isWithin(count, 1, MOST_ACCESSES) ? count : undefined
})

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.# -]{0,31}$/
const name = member(
  'is not a name',
  'give up to 32 letters, digits, blanks, dots and dashes; # is the number of the round',
  (value) => (typeof value === 'string' && NAME.test(value) ? value : undefined)
)

const protection = member('is not accepted', 'give one of r, rw, rx, rwx', (value) =>
  typeof value === 'string' && Object.hasOwn(PROTECTIONS, value)
    ? PROTECTIONS[value as keyof typeof PROTECTIONS]
    : undefined
)

const part = z.strictObject({ from: sizeFrom(0).optional(), size: size.optional() })
export type ScenarioPart = z.output<typeof part>

const layer = choice(LAYERS)

/** What every step may say. */
const COMMON = {
  /** Environments in which the step is taken; without it, all. */
  only: listOf(ENVIRONMENTS, 1).optional(),
  /** For whoever reads the file. */
  note: text(LONGEST_SUMMARY).optional()
}

/** By its verb, what a step may say. Adding a verb is a line here and one in carry-out.ts. */
export const STEP_SCHEMAS = {
  touch: z.strictObject({
    touch: name,
    part: part.optional(),
    pattern: choice(TOUCH_PATTERNS).optional(),
    count: accesses.optional(),
    stores: share.optional(),
    ...COMMON
  }),
  mmap: z.strictObject({ mmap: name, size, protection: protection.optional(), ...COMMON }),
  munmap: z.strictObject({ munmap: name, part: part.optional(), ...COMMON }),
  grow: z.strictObject({ grow: name, by: size, ...COMMON }),
  shrink: z.strictObject({ shrink: name, by: size, ...COMMON }),
  move: z.strictObject({ move: name, ...COMMON }),
  mprotect: z.strictObject({ mprotect: name, part: part.optional(), protection, ...COMMON }),
  madvise: z.strictObject({ madvise: name, part: part.optional(), advice: choice(ADVICE), ...COMMON }),
  fork: z.strictObject({ fork: name, ...COMMON }),
  exec: z.strictObject({ exec: yes, ...COMMON }),
  exit: z.strictObject({ exit: yes, ...COMMON }),
  run: z.strictObject({ run: name, cpu: whole(0, MOST_CPUS - 1).optional(), ...COMMON }),
  khugepaged: z.strictObject({ khugepaged: size, ...COMMON }),
  compact: z.strictObject({ compact: layer, ...COMMON }),
  balloon: z.strictObject({ balloon: layer, size, ...COMMON }),
  deflate: z.strictObject({ deflate: layer, size, ...COMMON }),
  reclaim: z.strictObject({ reclaim: size, ...COMMON }),
  migrate: z.strictObject({ migrate: listOf(HOST_LACKS, 0), ...COMMON }),
  forge: z.strictObject({ forge: choice(FORGERIES), ...COMMON }),
  fail: z.strictObject({ fail: whole(0, MOST_FAILED_STEP), ...COMMON })
} as const

export type Verb = keyof typeof STEP_SCHEMAS
export const VERBS = Object.keys(STEP_SCHEMAS) as Verb[]
export type Asked<V extends Verb> = z.output<(typeof STEP_SCHEMAS)[V]>

/** Its steps are read one by one, to any depth that is allowed. */
export const REPEAT_SCHEMA = z.strictObject({
  repeat: countTo(MOST_TIMES),
  steps: z.unknown().optional(),
  ...COMMON
})

export const SCENARIO_HEAD = z.strictObject({
  schema: member('is not accepted', `give ${SCENARIO_SCHEMA}`, (value) =>
    value === SCENARIO_SCHEMA ? SCENARIO_SCHEMA : undefined
  ),
  title: text(LONGEST_TITLE),
  /** The question it asks. */
  summary: text(LONGEST_SUMMARY),
  /** CPUs it needs. */
  cpus: whole(1, MOST_CPUS).optional(),
  /** Begins again with its first step after the last. */
  loop: flag.optional(),
  areas: z
    .array(z.strictObject({ name, size, protection: protection.optional() }))
    .max(MOST_AREAS)
    .optional(),
  steps: z.unknown().optional()
})

interface Placed {
  /** `steps[3].steps[1]` */
  readonly path: string
  readonly only: readonly Environment[] | undefined
}

export type Step = { [V in Verb]: Placed & { readonly verb: V; readonly ask: Asked<V> } }[Verb]

export interface Repeat extends Placed {
  readonly verb: 'repeat'
  readonly times: number
  readonly steps: readonly (Step | Repeat)[]
}

export interface ScenarioArea {
  readonly name: string
  readonly size: ScenarioSize
  readonly protection: number
}

export interface Scenario {
  readonly title: string
  readonly summary: string
  readonly cpus: number
  readonly loop: boolean
  readonly areas: readonly ScenarioArea[]
  readonly steps: readonly (Step | Repeat)[]
}
