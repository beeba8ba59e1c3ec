/** Tells what files hold that may be results and inputs of the simulators published with DMT. */
import { estimatesOf, measurementsOf, type NamedPaperFile } from '@shared/formulas/paper-results'
import type {
  ArtifactContent,
  ArtifactFile,
  ArtifactFiles,
  DumpRole,
  PaperResult,
  ReplayFiles
} from '@shared/model/paper-tools'
import { UserError } from '@shared/model/user-error'
import type { FileStream, LabHost } from '../lab/ports'
import { firstPages, isFirstGuest, roleAlone, type NamedDump, type TouchedPage } from './dump-roles'
import { countRecords, fileKind, type FoundFile } from './file-kind'

/** What the artifact calls its traces: 8-byte records have nothing else that tells them. */
const TRACE_NAME = /^trace\.bin(\.(gz|xz|zst))?$/i

type Looked = { readonly token: string; readonly stream: FileStream; readonly found: FoundFile }

/**
 * Null when none of the files is one of the artifact's.
 * @param frameNumbers what the dumps hold; null: what most of them seem to
 * @throws UserError for one that is and is damaged, and for files that cannot be used together
 */
export async function lookAtFiles(
  tokens: readonly string[],
  frameNumbers: boolean | null,
  host: Pick<LabHost, 'openFile'>
): Promise<ArtifactFiles | null> {
  const looked: Looked[] = []
  for (const token of tokens) {
    const stream = await host.openFile(token)
    looked.push({ token, stream, found: await fileKind(stream) })
  }
  const isWithDumps = looked.some(({ found }) => found.kind === 'dump')
  const traces = looked.filter((file) => isTrace(file, isWithDumps))
  if (traces.length === 0 && looked.every(({ found }) => found.kind === 'other' || found.kind === 'binary'))
    return null
  return described(looked, traces, frameNumbers)
}

/** The lab's own header makes a trace of it that the import of traces takes, unless dumps come along. */
const isTrace = ({ found, stream }: Looked, isWithDumps: boolean): boolean =>
  found.kind === 'binary' && (isWithDumps || (!found.hasHeader && TRACE_NAME.test(stream.name)))

async function described(
  looked: readonly Looked[],
  traces: readonly Looked[],
  frameNumbers: boolean | null
): Promise<ArtifactFiles> {
  const dumps = looked.filter(({ found }) => found.kind === 'dump')
  refuseMoreThan(1, traces, 'traces')
  refuseMoreThan(2, dumps, 'page-table dumps')
  const records = new Map<Looked, number>()
  for (const trace of traces) records.set(trace, await countRecords(trace.stream))
  const pages = traces.length > 0 ? await firstPages(traces[0].stream) : []
  const seem = dumps.filter(({ found }) => found.kind === 'dump' && found.dump.seemsFrameNumbers)
  const seemFrameNumbers = seem.length * 2 > dumps.length
  const roles = await rolesOf(dumps, pages, frameNumbers ?? seemFrameNumbers)
  const files = looked.map((file): ArtifactFile => {
    const content = contentOf(file.found, roles.get(file) ?? null, records.get(file) ?? null)
    return { token: file.token, name: file.stream.name, content }
  })
  const papers = looked.flatMap(paperFile)
  const results = papers.flatMap(resultOf)
  const measurements = measurementsOf(papers)
  return { files, results, measurements, replay: replayFiles(files), seemFrameNumbers }
}

function refuseMoreThan(most: number, files: readonly Looked[], what: string): void {
  if (files.length <= most) return
  const names = files.map(({ stream }) => stream.name).join(', ')
  throw new UserError(`${files.length} ${what} came together`, names, 'give those of one program')
}

async function rolesOf(
  dumps: readonly Looked[],
  pages: readonly TouchedPage[],
  frameNumbers: boolean
): Promise<Map<Looked, DumpRole>> {
  const named = dumps.flatMap(({ stream, found }): NamedDump[] =>
    found.kind === 'dump' ? [{ stream, table: found.dump.table }] : []
  )
  if (named.length === 1) return new Map([[dumps[0], roleAlone(named[0], pages)]])
  if (named.length === 0) return new Map()
  const isFirst = await isFirstGuest(named[0], named[1], pages, frameNumbers)
  return new Map([
    [dumps[0], isFirst ? 'guest' : 'host'],
    [dumps[1], isFirst ? 'host' : 'guest']
  ])
}

function contentOf(found: FoundFile, role: DumpRole, records: number | null): ArtifactContent {
  if (found.kind === 'dump') {
    const { lines, seemsFrameNumbers } = found.dump
    return { kind: 'dump', pages: lines, role, seemsFrameNumbers }
  }
  if (found.kind !== 'paper') return records === null ? { kind: 'other' } : { kind: 'trace', records }
  const { content } = found
  if (content.kind === 'perf') return content
  const { environment, walks, rows } = content
  return { kind: 'histogram', environment, walks, patterns: rows.length }
}

const paperFile = ({ stream: { name }, found }: Looked): NamedPaperFile[] =>
  found.kind === 'paper' ? [{ name, content: found.content }] : []

function resultOf({ name, content }: NamedPaperFile): PaperResult[] {
  if (content.kind !== 'histogram') return []
  const { environment, walks, rows } = content
  return [{ source: name, environment, walks, patterns: rows.length, estimates: estimatesOf(content) }]
}

/** A trace and the dump it runs over; one that nothing says is a host's is taken as the guest's. */
function replayFiles(files: readonly ArtifactFile[]): ReplayFiles | null {
  const dumpOf = (isHost: boolean): ArtifactFile | undefined =>
    files.find(({ content }) => content.kind === 'dump' && (content.role === 'host') === isHost)
  const trace = files.find(({ content }) => content.kind === 'trace')
  const tables = dumpOf(false)
  if (!trace || !tables) return null
  return { trace: trace.token, tables: tables.token, hostTables: dumpOf(true)?.token ?? null }
}
