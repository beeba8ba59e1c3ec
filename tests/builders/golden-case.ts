/** The recorded cases of tests/fixtures/golden: outputs of the paper's simulators with what they were given. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ArtifactCase, ArtifactRecord } from './naive-artifact-replay'
import type { DumpRow } from './naive-artifact-walk'

export const GOLDEN_CASES = ['uniform', 'stream', 'chase'] as const
export const GOLDEN_MODES = ['virt', 'native'] as const
export type GoldenMode = (typeof GOLDEN_MODES)[number]

export const goldenPath = (name: string, file: string): string => resolve('tests/fixtures/golden', name, file)

const unpacked = (name: string, file: string): Buffer => gunzipSync(readFileSync(goldenPath(name, file)))

export function recordsOf(bytes: Buffer): ArtifactRecord[] {
  return Array.from({ length: bytes.length / 8 }, (_, i) => {
    const word = bytes.readBigUInt64LE(i * 8)
    return { kind: Number(word >> 62n), size: Number((word >> 56n) % 64n), address: word % 2n ** 56n }
  })
}

function rowsOf(text: string): DumpRow[] {
  const [, ...lines] = text.trim().split('\n')
  return lines.map((line) => {
    const [page, root, second, third, leaf, base] = line.split(',').map((hex) => BigInt(`0x${hex}`))
    return { page, tables: [root, second, third, leaf], base }
  })
}

export function goldenCase(name: string, mode: GoldenMode): ArtifactCase {
  return {
    records: recordsOf(unpacked(name, 'trace.bin.gz')),
    guest: rowsOf(unpacked(name, 'pt_dump.gz').toString()),
    host: mode === 'virt' ? rowsOf(unpacked(name, 'pt_dump.host.gz').toString()) : null,
    warmup: 0,
    frameNumbers: false
  }
}

export interface Golden {
  /** What the replay of the case must print. */
  readonly text: string
  /** Each counter of each structure, those of the native walk's four levels added up. */
  readonly counters: ReadonlyMap<string, ReadonlyMap<string, number>>
}

export function golden(name: string, mode: GoldenMode): Golden {
  const text = readFileSync(goldenPath(name, `expected.${mode}.txt`), 'utf8')
  const structures = text.split('\n').filter((line) => / hits \d/.test(line))
  const tlbs = structures.filter((line) => line.startsWith('TLB')).map((line) => line.split(' pt_hits')[0])
  return {
    text: [...tlbs, text.slice(text.indexOf('walks '))].join('\n'),
    counters: new Map(structures.map((line) => [line.split(' ')[0], countersOf(line)]))
  }
}

function countersOf(line: string): Map<string, number> {
  const pairs = [...line.matchAll(/([a-z_]+)((?: \d+)+)/g)]
  return new Map(pairs.map(([, name, numbers]) => [name, sum(numbers)]))
}

const sum = (numbers: string): number => numbers.split(' ').reduce((total, n) => total + Number(n), 0)
