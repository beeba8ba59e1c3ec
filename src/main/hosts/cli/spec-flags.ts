/** Flags that set parameters of a spec: each is another name for a path, and `--option` reaches the rest. */
import { findParameter, typedValue } from '@main/lab/parameters'
import { withoutWholeHardware } from '@main/lab/own-hardware'
import { isObject } from '@shared/model/plain-object'
import { merged } from '@main/lab/plain-object'
import { resolveSpec } from '@main/lab/resolve-spec'
import type { Offer } from '@main/lab/offer'
import type { LabSpec, SpecInput } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { Option, type Command } from 'commander'
import { withHardwareFile } from './hardware-file'
import { BadUsage } from './outcome'
import { withScenarioCpus } from './scenario-file'

/** What commander hands over: one entry for each flag that was given. */
export type Flags = Readonly<Record<string, unknown>>

/** Every such flag is a name, mostly a path; an empty one would mean the current folder. */
export function textFlag(flags: Flags, name: string, shown = name): string | undefined {
  const value = flags[name]
  if (value === '')
    throw new UserError('the value is empty', `--${shown}`, 'give a name or leave the flag out')
  return typeof value === 'string' ? value : undefined
}

interface SpecFlag {
  readonly flag: string
  readonly path: string
  readonly help: string
}

const flag = (text: string, path: string, help: string): SpecFlag => ({ flag: text, path, help })

export const SHARED_FLAGS: readonly SpecFlag[] = [
  flag('--environment <E>', 'environment', 'native, virtualized or nested'),
  flag('--page-size <P>', 'pageSize', 'pages of the innermost OS: 4K, 2M, 1G or thp'),
  flag('--host-page-size <P>', 'hostPageSize', 'pages of every layer below it; without effect in native'),
  flag('--levels <N>', 'levels', 'levels of all tables: 4 or 5'),
  flag('--profile <P>', 'profile', 'hardware profile, or a JSON file of differences from one')
]

export const RUN_FLAGS: readonly SpecFlag[] = [
  flag(
    '--lanes <D,D>',
    'lanes',
    'designs to run in lock step, separated by commas; the first is the baseline'
  ),
  flag('--workload <W>', 'workload', 'access stream made on the fly'),
  flag('--footprint <SIZE>', 'footprint', 'memory of the workload, such as 4GiB'),
  flag('--references <N>', 'references', 'accesses at most, such as 2M'),
  flag('--warmup <N>', 'warmup', 'accesses before counting starts'),
  flag('--fragmentation <F>', 'fragmentation', 'of physical memory, 0 to 1'),
  flag('--seed <N>', 'seed', 'of everything random')
]

const RUN_SWITCHES = [
  { flag: '--loop', path: 'loop', help: 'start a trace again at its end' },
  { flag: '--verify', path: 'verify', help: 'check every translation against a map kept apart' }
]

const collect = (value: string, earlier: readonly string[] | undefined): string[] => [
  ...(earlier ?? []),
  value
]

export function addSpecFlags(command: Command, flags: readonly SpecFlag[]): Command {
  for (const { flag: text, help } of flags) command.option(text, help)
  return command.addOption(
    new Option(
      '--option <key=value>',
      'set any parameter by its path, such as tea.minVmaMiB=1 (repeatable)'
    ).argParser(collect)
  )
}

export function addRunSwitches(command: Command): Command {
  for (const { flag: text, help } of RUN_SWITCHES) command.option(text, help)
  return command
}

/** `tea.minVmaMiB` = 1 -> { tea: { minVmaMiB: 1 } } */
export const atPath = (path: string, value: unknown): SpecInput => {
  const [first, ...rest] = path.split('.').reverse()
  return rest.reduce<SpecInput>((inner, name) => ({ [name]: inner }), { [first]: value })
}

const join = (parts: readonly SpecInput[]): SpecInput =>
  parts.reduce<SpecInput>((all, part) => {
    const both = merged(all, part)
    return isObject(both) ? both : all
  }, {})

/** Text typed as the parameter wants it; an unknown path keeps its text and is refused by name later. */
function textAtPath(path: string, text: string): SpecInput {
  const parameter = findParameter(path)
  return atPath(path, parameter ? typedValue(parameter, text) : text)
}

function optionInput(option: string): SpecInput {
  const at = option.indexOf('=')
  if (at < 1)
    throw new UserError(
      `${JSON.stringify(option)} has no key and value`,
      '--option',
      'write --option key=value'
    )
  return textAtPath(option.slice(0, at), option.slice(at + 1))
}

/** `--page-size <P>` -> `pageSize`, the name commander gives its value. */
const nameOf = (text: string): string => new Option(text).attributeName()

/** What the flags say as a part of a spec. Options come last, so they win over flags. */
export function flagsInput(flags: Flags): SpecInput {
  const parts = [...SHARED_FLAGS, ...RUN_FLAGS].flatMap(({ flag: text, path }) => {
    const value = flags[nameOf(text)]
    return typeof value === 'string' ? [textAtPath(path, value)] : []
  })
  const switches = RUN_SWITCHES.flatMap(({ path }) => (flags[path] === true ? [atPath(path, true)] : []))
  const options = Array.isArray(flags.option) ? flags.option.map((option) => optionInput(String(option))) : []
  return join([...parts, ...switches, ...options])
}

export const joinInputs = (...inputs: readonly SpecInput[]): SpecInput => join(inputs)

const MOST_PROBLEMS = 3

/** A profile given as a flag takes the place of all hardware that a spec file holds. */
export const underFlags = (file: SpecInput, flags: SpecInput): SpecInput =>
  flags.profile === undefined ? file : withoutWholeHardware(file)

/** The complete spec; UserError with the problems on one line. */
export async function specFrom(input: SpecInput, offer: Offer): Promise<LabSpec> {
  const complete = await withScenarioCpus(await withHardwareFile(input, offer))
  const resolution = resolveSpec(complete, offer)
  if ('spec' in resolution) return resolution.spec
  const { problems } = resolution
  const rest = problems.length > MOST_PROBLEMS ? [`and ${problems.length - MOST_PROBLEMS} more`] : []
  throw new BadUsage([...problems.slice(0, MOST_PROBLEMS), ...rest].join('; '))
}
