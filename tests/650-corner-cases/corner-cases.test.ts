/** Every corner case has tests that bear its number, and the document says where. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { testNames } from '../builders/test-names'

const CASES = Array.from({ length: 40 }, (_, i) => i + 1)
const NUMBERED = /^G(\d+) \S+/

/** Files that test a case, by its number. */
function filesByCase(): Map<number, Set<string>> {
  const files = new Map<number, Set<string>>()
  for (const { file, name } of testNames('tests')) {
    const number = Number(NUMBERED.exec(name)?.[1])
    if (Number.isNaN(number)) continue
    files.set(number, (files.get(number) ?? new Set<string>()).add(basename(file)))
  }
  return files
}

/** Files that the document names for a case: the last column of its row. */
function documented(): Map<number, Set<string>> {
  const rows = readFileSync('docs/corner-cases.md', 'utf8').matchAll(/^\| G(\d+) +\|.*\|([^|]+)\|$/gm)
  return new Map(
    Array.from(rows, ([, number, cell]) => [
      Number(number),
      new Set(Array.from(cell.matchAll(/`([\w./-]+)`/g), ([, path]) => basename(path)))
    ])
  )
}

const sorted = (files: Map<number, Set<string>>): [number, string[]][] =>
  [...files].map(([n, names]): [number, string[]] => [n, [...names].sort()]).sort(([a], [b]) => a - b)

describe('corner cases', () => {
  it('from G1 to G40 are all tested by name, and there are no others', () => {
    expect(sorted(filesByCase()).map(([n]) => n)).toEqual(CASES)
  })

  it('are in the document with the files that test them', () => {
    expect(sorted(documented())).toEqual(sorted(filesByCase()))
  })
})
