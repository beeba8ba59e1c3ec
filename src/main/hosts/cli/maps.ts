/** `lab maps`: would a process profit from DMT? Read from /proc/PID/maps or smaps. */
import { counted } from '@shared/format/counted'
import { formatCount } from '@shared/format/number'
import { formatBytes } from '@shared/format/quantity'
import { isMapsProblem, type MapsFolder, type MapsReport } from '@shared/model/maps-report'
import { DEFAULT_MAPS_RULES as DEFAULTS, type MapsRules } from '@shared/model/maps-rules'
import { parseSize } from '@shared/model/quantity'
import { UserError } from '@shared/model/user-error'
import type { Command } from 'commander'
import type { Flags } from './spec-flags'
import { textTable } from './text-table'
import type { Toolbox } from './toolbox'

const MIB = 2 ** 20
const CLUSTERS_SHOWN = 10

export function mapsCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('maps')
    .description('say from memory maps whether processes would profit from DMT')
    .argument('<FILE...>', '/proc/PID/maps or smaps, plain or packed; or a folder of them')
    .option('--min-vma <SIZE>', 'least size of an area that gets a TEA', `${DEFAULTS.minVmaMiB}MiB`)
    .option('--bubbles <PERCENT>', 'slots of a TEA that may serve no area', String(DEFAULTS.bubblePercent))
    .option('--registers <N>', 'DMT registers', String(DEFAULTS.registers))
    .option('--json', 'print dmt-lab/maps@1, or dmt-lab/maps-folder@1 for several, instead of tables')
    .action(async (paths: string[], flags: Flags) => {
      const found = await toolbox.readMaps(paths, rulesFrom(flags))
      await toolbox.stdout(flags.json ? JSON.stringify(found, null, 2) + '\n' : mapsText(found))
    })
}

function rulesFrom(flags: Flags): MapsRules {
  const minVma = parseSize(String(flags.minVma))
  if (minVma === undefined || minVma % MIB !== 0)
    throw new UserError(`${String(flags.minVma)} is no size in whole MiB`, '--min-vma', 'write it like 64MiB')
  return {
    minVmaMiB: minVma / MIB,
    bubblePercent: wholeNumber(flags.bubbles, '--bubbles', 99),
    registers: wholeNumber(flags.registers, '--registers', 256)
  }
}

function wholeNumber(value: unknown, flag: string, most: number): number {
  const number = Number(value)
  if (value !== '' && Number.isInteger(number) && number >= 0 && number <= most) return number
  throw new UserError(`${String(value)} is no whole number from 0 to ${most}`, flag, 'give one')
}

const mapsText = (found: MapsReport | MapsFolder): string =>
  'processes' in found ? folderText(found) : processText(found)

function processText(report: MapsReport): string {
  const rows = [
    ['Areas', formatCount(report.areas)],
    ['Mapped', formatBytes(report.mappedBytes)],
    ...(report.residentBytes === null ? [] : [['In memory', formatBytes(report.residentBytes)]]),
    ...(report.hugeBytes === null ? [] : [['In huge pages', formatBytes(report.hugeBytes)]]),
    ['Areas eligible for a TEA', formatCount(report.eligible)],
    ['TEAs, neighbours merged', formatCount(report.clusters)],
    ['Registers for 50 % of the mapped bytes, areas of any size', formatCount(report.registersFor50Percent)],
    ['Registers for 90 %', formatCount(report.registersFor90Percent)],
    ['Registers for 99 %', formatCount(report.registersFor99Percent)],
    ['TEA frames of 4 KiB', formatCount(report.teaFrames)],
    ['Longest contiguous run', counted(report.largestTeaFrames, 'frame')],
    ['Bubble frames', formatCount(report.bubbleFrames)]
  ]
  const table = textTable([['Memory map', report.name], ...rows], ['left', 'right'])
  return `${table}${clusterText(report)}\n${report.verdict}\n`
}

function clusterText({ teas }: MapsReport): string {
  if (teas.length === 0) return ''
  const rows = teas
    .slice(0, CLUSTERS_SHOWN)
    .map((tea) => [
      tea.start,
      formatBytes(tea.bytes),
      formatCount(tea.areas),
      formatCount(tea.slots),
      tea.name
    ])
  const more = teas.length - rows.length
  const head = ['TEA of', 'Mapped', 'Areas', 'Frames', 'Largest area']
  const table = textTable([head, ...rows], ['left', 'right', 'right', 'right', 'left'])
  return `\n${table}${more > 0 ? `and ${formatCount(more)} more\n` : ''}`
}

const NOTE =
  '\nRegisters: how many cover so much of the mapped bytes, with areas of any size. Covered: what TEAs of eligible areas cover.\n'

function folderText({ processes, skipped }: MapsFolder): string {
  const head = [
    'Memory map',
    'Areas',
    'Mapped',
    'Eligible',
    'TEAs',
    'Registers 50/90/99 %',
    'TEA frames',
    'Covered'
  ]
  const rows = processes.map((one) =>
    isMapsProblem(one)
      ? [one.name, '-', '-', '-', '-', '-', '-', '-']
      : [
          one.name,
          formatCount(one.areas),
          formatBytes(one.mappedBytes),
          formatCount(one.eligible),
          formatCount(one.clusters),
          [one.registersFor50Percent, one.registersFor90Percent, one.registersFor99Percent].join(' / '),
          formatCount(one.teaFrames),
          `${(100 * one.coveredShare).toFixed(1)} %`
        ]
  )
  const right = head.slice(1).map(() => 'right' as const)
  const problems = processes.filter(isMapsProblem).map(({ name, problem }) => `${name}: ${problem}\n`)
  const passed = skipped > 0 ? `No memory maps: ${formatCount(skipped)} of the files\n` : ''
  return textTable([head, ...rows], ['left', ...right]) + NOTE + problems.join('') + passed
}
