/** `lab run`: lanes in lock step over one access stream. */
import { isObject } from '@shared/model/plain-object'
import type { Offer } from '@main/lab/offer'
import { runText } from '@main/report/build-report'
import { readJson } from '@main/store/read-text'
import { checkReportFolder, writeReport } from '@main/store/write-report'
import { checkFilePath, writeText } from '@main/store/write-text'
import type { RunResult } from '@shared/model/result'
import type { LabSpec, SpecInput } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import type { Command } from 'commander'
import { formatOption } from './format-option'
import { presetInput, presetOption } from './preset'
import { ENDED_EARLY, DONE, WrongResult, type ExitCode } from './outcome'
import { withProgressBar } from './progress-bar'
import { runTable } from './run-text'
import { scenarioInput } from './scenario-file'
import {
  addRunSwitches,
  addSpecFlags,
  flagsInput,
  joinInputs,
  RUN_FLAGS,
  SHARED_FLAGS,
  specFrom,
  textFlag,
  underFlags,
  type Flags
} from './spec-flags'
import type { Toolbox } from './toolbox'

const LARGEST_SPEC = 2 ** 20

async function fileInput(path: string | undefined): Promise<SpecInput> {
  if (path === undefined) return {}
  const value = await readJson(path, LARGEST_SPEC)
  if (isObject(value)) return value
  throw new UserError('a spec is one JSON object', path, 'put the parameters into { }')
}

const SOURCES = ['workload', 'trace', 'scenario'] as const

/** The source given here takes the place of the one in the spec file. */
function sourceInput(flags: Flags, { scenarios }: Offer): SpecInput {
  const sources = SOURCES.filter((name) => textFlag(flags, name) !== undefined)
  if (sources.length > 1) {
    const where = sources.map((name) => `--${name}`).join(' and ')
    throw new UserError('a run has one source of accesses', where, 'give one of them')
  }
  const [file, format, maps, scenario] = ['trace', 'format', 'maps', 'scenario'].map((name) =>
    textFlag(flags, name)
  )
  if (flags.workload !== undefined) return { trace: null, scenario: null }
  if (scenario !== undefined) return { trace: null, scenario: scenarioInput(scenario, scenarios) }
  const given = Object.entries({ file, format, maps }).filter(([, value]) => value !== undefined)
  return {
    ...(given.length > 0 ? { trace: Object.fromEntries(given) } : {}),
    ...(file === undefined ? {} : { scenario: null })
  }
}

/** What can be known to fail at the end is told at the beginning. */
async function checkOutputs(json: string | undefined, report: string | undefined): Promise<void> {
  if (json !== undefined && json !== '-') await checkFilePath(json)
  if (report !== undefined) await checkReportFolder(report)
}

async function runStoppable(spec: LabSpec, quiet: boolean, toolbox: Toolbox): Promise<RunResult> {
  const stop = new AbortController()
  const forget = toolbox.onInterrupt(() => stop.abort())
  try {
    return await withProgressBar(toolbox.isTerminal && !quiet, (onProgress) =>
      toolbox.run(spec, { onProgress, signal: stop.signal })
    )
  } finally {
    forget()
  }
}

function checkTranslations({ lanes, comparison, spec }: RunResult): void {
  const wrong = lanes.find((lane) => lane.counters.translationErrors > 0)
  if (!spec.verify || (comparison.sameTranslations && !wrong)) return
  const { firstDifference } = comparison
  const where = firstDifference === undefined ? '' : ` at reference ${firstDifference}`
  throw new WrongResult(
    `translations differ${where} (${wrong ? `lane ${wrong.id}` : 'between lanes'}), do not use this result`
  )
}

/** The spec of a run: its file, the source and the flags, later ones over earlier ones. */
export async function runSpec(flags: Flags, toolbox: Toolbox): Promise<LabSpec> {
  const [file, over] = [await fileInput(textFlag(flags, 'spec')), flagsInput(flags)]
  const input = joinInputs(underFlags(file, over), sourceInput(flags, toolbox.offer), over)
  const preset = presetInput(textFlag(flags, 'preset'), input, over, toolbox.offer)
  return specFrom(joinInputs(input, preset), toolbox.offer)
}

async function runAction(flags: Flags, toolbox: Toolbox): Promise<ExitCode> {
  const [json, report] = [textFlag(flags, 'json'), textFlag(flags, 'report')]
  const quiet = flags.quiet === true
  const spec = await runSpec(flags, toolbox)
  await checkOutputs(json, report)
  const run = await runStoppable(spec, quiet, toolbox)
  if (json !== undefined && json !== '-') await writeText(json, runText(run))
  if (report !== undefined) await writeReport(run, report)
  if (report !== undefined && !quiet) toolbox.stderr(`Report in ${report}\n`)
  if (json === '-') await toolbox.stdout(runText(run))
  if (json === undefined) await toolbox.stdout(runTable(run))
  checkTranslations(run)
  if (!run.partial) return DONE
  toolbox.stderr(
    `lab: the run ended early: ${run.partialReason ?? 'no reason given'} (partial result), run it again for all of it\n`
  )
  return ENDED_EARLY
}

/** The flags that say what is run. */
export function addRunFlags(command: Command): Command {
  command.option('--spec <FILE>', 'JSON file with any part of a spec; flags go over it')
  return addRunSwitches(addSpecFlags(command, [...SHARED_FLAGS, ...RUN_FLAGS]))
    .option('--trace <FILE>', 'replay a trace instead of a workload')
    .option('--scenario <S>', 'play a scenario instead: its name (lab scenarios) or its JSON file')
    .addOption(presetOption())
    .addOption(formatOption())
    .option('--maps <FILE>', 'memory map of the traced process, as in /proc/PID/maps')
}

export function runCommand(program: Command, toolbox: Toolbox, end: (code: ExitCode) => void): void {
  const command = program.command('run').description('run lanes in lock step over one access stream')
  addRunFlags(command)
    .option('--json <FILE>', 'write the result (dmt-lab/run@1) to a file, or to stdout with -')
    .option(
      '--report <DIR>',
      'write report.html, report.md, series.csv, walks.csv and run.json into a folder'
    )
    .option('--quiet', 'no progress bar and no notes')
    .action(async (flags: Flags) => end(await runAction(flags, toolbox)))
}
