/**
 * /proc/PID/maps and smaps: one line an area, `start-end perms offset dev inode path`, and in smaps lines
 * `Key: value` after it, which say how much of it is in memory and in pages of which size (man 5 proc).
 */
import { PAGE_SHIFT, page } from '@shared/address/address'
import { UserError } from '@shared/model/user-error'
import type { FileStream } from '../lab/ports'
import type { Area } from '../workloads/workload'
import { readText } from './read-text'
import type { Levels } from './trace-format'

const AREA_LINE =
  /^([0-9a-f]{1,16})-([0-9a-f]{1,16}) ([r-])([w-])([x-])[sp] [0-9a-f]+ [0-9a-f]+:[0-9a-f]+ \d+(?:\s+(.*))?$/
const SMAPS_LINE = /^([A-Za-z_]+):\s+([\w ]*)$/
const KIB = /^(\d{1,15}) kB$/
const HEX_DIGITS_OF_OFFSET = PAGE_SHIFT / 4
const CONTROL_CHARACTERS = /\p{Cc}/gu
const MOST_NAME_LENGTH = 200
/** An area's line with the longest path Linux has stays below. */
const MOST_LINE_LENGTH = 8192
/** Bits of a page number in the lower half of the address space. */
const LOWER_HALF_BITS = { 4: 47 - PAGE_SHIFT, 5: 56 - PAGE_SHIFT } as const
const UPPER_HALF_START = 2 ** (63 - PAGE_SHIFT)

/** An area of the file that no user access can reach. */
export interface IgnoredArea {
  readonly line: number
  readonly name: string
  readonly reason: string
}

/** What smaps says of an area, in bytes; undefined where the file does not say it. */
export interface Residence {
  /** In memory now. */
  readonly resident?: number
  /** In transparent huge pages, or in pages of hugetlbfs. */
  readonly huge?: number
}

export interface MappedArea extends Area {
  /** Where the file says anything of it. */
  readonly residence?: Residence
}

export interface MemoryMap {
  /** Ascending, apart, each with at least one permission. */
  readonly areas: readonly MappedArea[]
  readonly ignored: readonly IgnoredArea[]
}

interface MapLine {
  readonly line: number
  readonly start: number
  readonly end: number
  readonly permissions: {
    readonly readable: boolean
    readonly writable: boolean
    readonly executable: boolean
  }
  readonly name: string
  /** Lines of smaps after it. */
  readonly notes: Map<string, string>
}

/** True for a file whose first line with text is an area's, whatever is wrong below it. */
export async function beginsAsMemoryMap(stream: FileStream): Promise<boolean> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stream.chunks()) {
    text = (text + decoder.decode(chunk, { stream: true })).trimStart()
    if (text.includes('\n') || text.length > MOST_LINE_LENGTH) break
  }
  return parseLine(text.split('\n', 1)[0].trimEnd(), 1) !== undefined
}

/** Throws UserError when the file is no memory map, is too large for one, or as parseMemoryMap does. */
export async function readMemoryMap(stream: FileStream, levels: Levels): Promise<MemoryMap> {
  return parseMemoryMap(await readText(stream), stream.name, levels)
}

/** Throws UserError, naming the line, for a line that is none of a map, and for areas that overlap or descend. */
export function parseMemoryMap(text: string, name: string, levels: Levels): MemoryMap {
  const areas: MappedArea[] = []
  const ignored: IgnoredArea[] = []
  let before: MapLine | undefined
  for (const line of linesOf(text, name)) {
    if (before) checkOrder(before, line, name)
    before = line
    const reason = reasonToIgnore(line, levels, name)
    if (reason) ignored.push({ line: line.line, name: line.name, reason })
    else areas.push(asArea(line))
  }
  if (!before) throw notAMap('the file holds no memory map', name)
  return { areas, ignored }
}

function* linesOf(text: string, name: string): Generator<MapLine> {
  let number = 0
  let area: MapLine | undefined
  for (const line of text.split('\n')) {
    number++
    const next = parseLine(line.trimEnd(), number)
    if (next) {
      if (area) yield area
      area = next
    } else if (line.trim() !== '' && !noted(area, line.trimEnd())) {
      throw notAMap(`line ${number} is no line of a memory map`, name)
    }
  }
  if (area) yield area
}

/** Keeps a line of smaps with its area; false when it is none. */
function noted(area: MapLine | undefined, line: string): boolean {
  const match = SMAPS_LINE.exec(line)
  if (!match || !area) return false
  area.notes.set(match[1], match[2].trim())
  return true
}

function parseLine(text: string, line: number): MapLine | undefined {
  const match = AREA_LINE.exec(text)
  if (!match) return undefined
  const [, from, to, r, w, x, path = ''] = match
  const start = pageNumber(from)
  const end = pageNumber(to)
  if (start === undefined || end === undefined || end <= start) return undefined
  const permissions = { readable: r === 'r', writable: w === 'w', executable: x === 'x' }
  return { line, start, end, permissions, name: displayName(path), notes: new Map() }
}

/** The page at a hexadecimal address; undefined when a page does not begin there. */
function pageNumber(address: string): number | undefined {
  const digits = address.padStart(HEX_DIGITS_OF_OFFSET + 1, '0')
  if (!digits.endsWith('0'.repeat(HEX_DIGITS_OF_OFFSET))) return undefined
  return Number.parseInt(digits.slice(0, -HEX_DIGITS_OF_OFFSET), 16)
}

const displayName = (path: string): string =>
  path.replace(CONTROL_CHARACTERS, '?').slice(0, MOST_NAME_LENGTH) || '[anonymous]'

function checkOrder(before: MapLine, line: MapLine, name: string): void {
  if (line.start >= before.end) return
  const what = line.end > before.start ? 'overlaps' : 'lies below'
  throw notAMap(`the area in line ${line.line} ${what} the one in line ${before.line}`, name)
}

/** Why no user access reaches the area; undefined for an ordinary one. */
function reasonToIgnore(
  { line, start, end, permissions }: MapLine,
  levels: Levels,
  name: string
): string | undefined {
  if (start >= UPPER_HALF_START)
    return 'lies in the upper half of the address space, which belongs to the kernel'
  if (end > 2 ** LOWER_HALF_BITS[levels]) throw beyondLevels(line, levels, name)
  const { readable, writable, executable } = permissions
  return readable || writable || executable ? undefined : 'may be neither read, written nor executed'
}

function beyondLevels(line: number, levels: Levels, name: string): UserError {
  const what = `the area in line ${line} lies beyond what ${levels} levels of tables map`
  return new UserError(what, name, levels === 4 ? 'use 5 levels' : 'give the map of a user process')
}

/** Pages that are neither of 4 KiB nor transparent huge ones are hugetlbfs's, which has no Rss. */
function residenceOf({ notes }: MapLine): Residence {
  const bytes = (key: string): number | undefined => {
    const match = KIB.exec(notes.get(key) ?? '')
    return match ? Number(match[1]) * 1024 : undefined
  }
  const sum = (...keys: string[]): number | undefined => {
    const found = keys.map(bytes).filter((one) => one !== undefined)
    return found.length === 0 ? undefined : found.reduce((all, one) => all + one, 0)
  }
  const ofHugetlb = ['Shared_Hugetlb', 'Private_Hugetlb']
  return {
    resident: bytes('Rss') === undefined ? undefined : sum('Rss', ...ofHugetlb),
    huge: sum('AnonHugePages', 'ShmemPmdMapped', 'FilePmdMapped', ...ofHugetlb)
  }
}

const asArea = (line: MapLine): MappedArea =>
  line.notes.size > 0 ? { ...plainArea(line), residence: residenceOf(line) } : plainArea(line)

const plainArea = ({ start, end, permissions, name }: MapLine): Area => ({
  start: page(start),
  pages: end - start,
  writable: permissions.writable,
  executable: permissions.executable,
  name,
  origin: 'map'
})

const notAMap = (what: string, name: string): UserError =>
  new UserError(what, name, 'give the unchanged text of /proc/PID/maps')
