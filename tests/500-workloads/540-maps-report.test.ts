import { readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { clustersOf } from '@main/maps/clusters'
import { readMapsFolder } from '@main/maps/maps-folder'
import { mapsReport } from '@main/maps/maps-report'
import { asVma } from '@main/lab/area-vma'
import { Machine } from '@main/lab/machine'
import { designOf } from '@main/designs'
import { parseMemoryMap } from '@main/traces/memory-map'
import { openStream } from '@main/store/open-stream'
import { listFolder } from '@main/store/list-folder'
import type { Area } from '@main/workloads/workload'
import { page } from '@shared/address/address'
import { isMapsProblem, type MapsReport } from '@shared/model/maps-report'
import type { MapsRules } from '@shared/model/maps-rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aSpec } from '../builders/spec'

const FOLDER = 'tests/fixtures/maps'
const RULES: MapsRules = { minVmaMiB: 64, bubblePercent: 2, registers: 16 }
const MIB = 2 ** 20

const textOf = (file: string): string => {
  const bytes = readFileSync(`${FOLDER}/${file}`)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}
const FILES = readdirSync(FOLDER).filter((file) => file !== 'README.md')

const reportOf = (file: string, rules = RULES): MapsReport =>
  mapsReport(parseMemoryMap(textOf(file), file, 5), file, rules)

/** Start and end in bytes of what a program can reach, by a reader of its own. */
function rangesIn(text: string): [bigint, bigint][] {
  return text.split('\n').flatMap((line): [bigint, bigint][] => {
    const match = /^([0-9a-f]+)-([0-9a-f]+) (\S{3})\S /.exec(line)
    if (!match || match[3] === '---' || match[1].length > 15) return []
    return [[BigInt(`0x${match[1]}`), BigInt(`0x${match[2]}`)]]
  })
}

interface Group {
  bytes: bigint
  first: bigint
  end: bigint
}

/** Groups of ranges, in units of 2 MiB, by the rule: of a group and the next range, 98 % asked for, rounded down. */
function groupsIn(ranges: [bigint, bigint][]): Group[] {
  const groups: Group[] = []
  for (const [start, stop] of ranges) {
    const first = start >> 21n
    const end = (stop + (1n << 21n) - 1n) >> 21n
    const last = groups.at(-1)
    const both = last && (last.end > end ? last.end : end) - last.first
    if (last && both && (100n * (end - first + last.end - last.first)) / both >= 98n) {
      last.end = last.first + both
      last.bytes += stop - start
    } else groups.push({ bytes: stop - start, first, end })
  }
  return groups
}

const fewest = (groups: Group[], wanted: number): number => {
  const sizes = groups.map(({ bytes }) => Number(bytes)).sort((a, b) => b - a)
  let count = 0
  for (let covered = 0; covered < wanted; covered += sizes[count++]);
  return count
}

describe.each(FILES)('%s', (file) => {
  const ranges = rangesIn(textOf(file))
  const mapped = Number(ranges.reduce((sum, [start, end]) => sum + end - start, 0n))
  const large = ranges.filter(([start, end]) => end - start >= 64n * BigInt(MIB))
  const report = reportOf(file)

  it('has the areas and bytes of its lines', () => {
    expect([report.areas, report.mappedBytes, report.eligible]).toEqual([ranges.length, mapped, large.length])
  })

  it('needs the registers that the fewest groups of its areas take', () => {
    const groups = groupsIn(ranges)
    const { registersFor50Percent, registersFor90Percent, registersFor99Percent } = report
    expect([registersFor50Percent, registersFor90Percent, registersFor99Percent]).toEqual(
      [0.5, 0.9, 0.99].map((share) => fewest(groups, share * mapped))
    )
  })

  it('has TEAs for its large areas alone', () => {
    const groups = groupsIn(large)
    const slots = groups.map(({ first, end }) => Number(end - first))
    expect(report.clusters).toBe(groups.length)
    expect(report.teaFrames).toBe(slots.reduce((a, b) => a + b, 0))
    expect(report.largestTeaFrames).toBe(Math.max(0, ...slots))
    const covered = groups.reduce((sum, { bytes }) => sum + Number(bytes), 0)
    expect(report.coveredShare).toBeCloseTo(covered / mapped, 12)
  })
})

describe('smaps', () => {
  it.each(FILES.filter((file) => file.includes('smaps')))('%s adds up what is in memory', (file) => {
    const kib = [...textOf(file).matchAll(/^(Rss|Shared_Hugetlb|Private_Hugetlb):\s+(\d+) kB/gm)]
    expect(reportOf(file).residentBytes).toBe(kib.reduce((sum, [, , n]) => sum + 1024 * Number(n), 0))
  })

  it('says nothing of memory where the file is maps', () => {
    expect(reportOf('redis-server.maps')).toMatchObject({ residentBytes: null, hugeBytes: null })
  })
})

/** Ascending areas apart, of up to 300 MiB, with holes of up to 40 MiB. */
const someAreas = fc
  .array(fc.tuple(fc.nat({ max: 10_000 }), fc.integer({ min: 1, max: 76_000 })), {
    minLength: 1,
    maxLength: 12
  })
  .map((pairs) => {
    const areas: Area[] = []
    let at = 0x7f0000123
    for (const [hole, pages] of pairs) {
      const start = page(at + hole)
      areas.push({ start, pages, name: `a${areas.length}`, writable: true, executable: false, origin: 'map' })
      at = start + pages + 1
    }
    return areas
  })

describe('clusters', () => {
  it('are the TEAs that the emulated kernel makes of the same areas', () => {
    fc.assert(
      fc.property(someAreas, (areas) => {
        const spec = aSpec({ environment: 'native', lanes: ['dmt'], dmt: { registers: 256 } })
        const machine = new Machine(spec, designOf('dmt'), areas.map(asVma))
        for (const { start, pages } of areas)
          for (let p: number = start; p < start + pages; p = 512 * (Math.floor(p / 512) + 1))
            machine.stack.populate(p, true)
        const made = machine.stack.inner.space.teas.teas
          .filter((tea) => tea.level === 1)
          .map((tea) => [tea.start, tea.slots])
          .sort(([a], [b]) => a - b)
        const large = areas.filter(({ pages }) => pages >= 16_384)
        const predicted = clustersOf(large, 98).map(({ start, slots }) => [
          Math.floor(Number(BigInt(start) >> 12n) / 512) * 512,
          slots
        ])
        expect(predicted).toEqual(made)
      }),
      { numRuns: 60 }
    )
  })

  it('cover every area once', () => {
    fc.assert(
      fc.property(someAreas, fc.integer({ min: 0, max: 50 }), (areas, bubbles) => {
        const clusters = clustersOf(areas, 100 - bubbles)
        expect(clusters.reduce((sum, one) => sum + one.areas, 0)).toBe(areas.length)
        const bytes = areas.reduce((sum, area) => sum + area.pages * 4096, 0)
        expect(clusters.reduce((sum, one) => sum + one.bytes, 0)).toBe(bytes)
      })
    )
  })
})

describe('a folder', () => {
  it('gives a row for each map, and passes over what is none', async () => {
    const files = (await listFolder(FOLDER)).map(({ path, name }) => ({ name, open: () => openStream(path) }))
    const found = await readMapsFolder(files, RULES)
    expect(found.processes.map(({ name }) => name)).toEqual(FILES)
    expect(found.processes.some(isMapsProblem)).toBe(false)
    expect(found.skipped).toBe(1)
  })

  it('tells what is wrong with a damaged one and goes on', async () => {
    const [whole] = FILES
    const torn = 'tests/fixtures/maps-torn'
    const damaged = {
      ...(await openStream(`${FOLDER}/${whole}`)),
      name: 'torn.maps',
      chunks: async function* () {
        yield await Promise.resolve(
          new TextEncoder().encode('00400000-00500000 r-xp 00000000 08:01 1 /a\nhm\n')
        )
      }
    }
    const found = await readMapsFolder(
      [
        { name: torn, open: () => Promise.resolve(damaged) },
        { name: whole, open: () => openStream(`${FOLDER}/${whole}`) }
      ],
      RULES
    )
    expect(found.processes[0]).toEqual({ name: torn, problem: expect.stringContaining('line 2') as string })
    expect(found.processes[1]).toMatchObject({ areas: reportOf(whole).areas })
  })
})

describe('the verdict', () => {
  const verdictFor = (lines: string): string => mapsReport(parseMemoryMap(lines, 'm', 5), 'm', RULES).verdict

  it('promises nothing to a process without large areas', () => {
    expect(verdictFor('00400000-00500000 r-xp 00000000 08:01 1 /a\n')).toContain('No area reaches 64')
  })

  it('tells when one register covers nearly all', () => {
    const verdict = verdictFor('7f0000000000-7f0100000000 rw-p 00000000 00:00 0\n')
    expect(verdict).toContain('One register would cover 100')
  })

  it('tells when registers run out', () => {
    const line = (i: number): string =>
      `${(0x7f0000000000 + i * 2 ** 32).toString(16)}-${(0x7f0000000000 + i * 2 ** 32 + 2 ** 27).toString(16)} rw-p 00000000 00:00 0\n`
    const verdict = verdictFor(Array.from({ length: 20 }, (_, i) => line(i)).join(''))
    expect(verdict).toContain('16 registers')
    expect(verdict).toContain('4 more TEAs find no register')
  })
})
