/** `lab trace`: what a trace file holds, and the same accesses as the lab's own binary. */
import { formatCount } from '@shared/format/number'
import { formatBytes } from '@shared/format/quantity'
import type { TraceSummary } from '@shared/model/catalogue'
import type { TraceRow } from '@shared/model/trace-look'
import type { Command } from 'commander'
import { formatOption } from './format-option'
import { withProgressBar } from './progress-bar'
import { textFlag, type Flags } from './spec-flags'
import { paragraph, textTable } from './text-table'
import type { RunHooks, Toolbox } from './toolbox'

const PAGE = 4096

/** What is said of a trace, where there is something to say. */
function rowsOf(summary: TraceSummary): string[][] {
  const { format, compression, records, fetches, loads, stores, skipped, crossings } = summary
  const { threads, pages4K, regions2M, inferredAreas, badLines } = summary
  return [
    ['Format', compression === 'none' ? format : `${format}, ${compression}`],
    ['Records', formatCount(records)],
    ['Fetches', formatCount(fetches)],
    ['Loads', formatCount(loads)],
    ['Stores', formatCount(stores)],
    ...(skipped > 0 ? [['Records passed over', formatCount(skipped)]] : []),
    ['Accesses across pages', formatCount(crossings)],
    ...(threads === null ? [] : [['Threads', formatCount(threads)]]),
    ['Pages of 4 KiB', formatCount(pages4K)],
    ['Footprint', formatBytes(pages4K * PAGE)],
    ['Regions of 2 MiB', formatCount(regions2M)],
    [
      'Areas inferred',
      inferredAreas === null ? 'none, the pages lie too scattered' : formatCount(inferredAreas)
    ],
    ['Bad lines', formatCount(badLines)]
  ]
}

const firstRows = (rows: readonly TraceRow[], sizes: TraceSummary['sizes']): string =>
  textTable(
    [
      ['First accesses', 'Address', sizes === 'assumed' ? 'Bytes (assumed)' : 'Bytes'],
      ...rows.map(({ kind, address, size }) => [kind, address, String(size)])
    ],
    ['left', 'right', 'right']
  )

function summaryText(summary: TraceSummary): string {
  const { firstBadLines, firstRecords, sizes, notes } = summary
  const bad = firstBadLines.map((line) => paragraph(`  ${line}`)).join('')
  const said = notes.map((note) => paragraph(note)).join('')
  return `${textTable(rowsOf(summary), ['left', 'right'])}${bad}\n${firstRows(firstRecords, sizes)}\n${said}`
}

async function traceAction(file: string, flags: Flags, toolbox: Toolbox): Promise<void> {
  const out = textFlag(flags, 'convert')
  const format = textFlag(flags, 'format') ?? 'auto'
  const stop = new AbortController()
  const forget = toolbox.onInterrupt(() => stop.abort())
  const read = (hooks: RunHooks): Promise<TraceSummary> =>
    out === undefined
      ? toolbox.summarizeTrace(file, format, hooks)
      : toolbox.convertTrace(file, format, out, hooks)
  try {
    const summary = await withProgressBar(toolbox.isTerminal, (onProgress) =>
      read({ onProgress, signal: stop.signal })
    )
    await toolbox.stdout(flags.json ? JSON.stringify(summary, null, 2) + '\n' : summaryText(summary))
    if (out !== undefined) toolbox.stderr(`Converted to ${out}\n`)
  } finally {
    forget()
  }
}

export function traceCommand(program: Command, toolbox: Toolbox): void {
  program
    .command('trace')
    .description('say what a trace file holds, or convert it to the lab’s own binary')
    .argument('<FILE>', 'trace, plain or packed with gzip, xz or zstd')
    .addOption(formatOption())
    .option('--convert <OUT>', 'write the accesses as the lab’s own binary, which replays at full speed')
    .option('--json', 'print dmt-lab/trace@1 instead of a table')
    .action((file: string, flags: Flags) => traceAction(file, flags, toolbox))
}
