import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgetBuild, isBuilt, rememberBuild } from '../../../scripts/lib/build-stamp.mjs'

let root = ''

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'dmt-lab-stamp-'))
  write('src/main/index.ts', 'one')
  write('package-lock.json', '{}')
  write('out/main/index.js', 'built from one')
  rememberBuild(root)
})

afterEach(() => rmSync(root, { recursive: true }))

describe('isBuilt()', () => {
  it('is true until something changes', () => {
    expect(isBuilt(root)).toBe(true)
  })

  it('goes by content: touching a source is no change', () => {
    utimesSync(join(root, 'src/main/index.ts'), 1, 1)
    expect(isBuilt(root)).toBe(true)
  })

  it.each([
    ['a source changes', () => write('src/main/index.ts', 'two')],
    ['a source appears', () => write('src/shared/new.ts', '')],
    ['a source disappears', () => rmSync(join(root, 'src/main/index.ts'))],
    [
      'a source is renamed',
      () => renameSync(join(root, 'src/main/index.ts'), join(root, 'src/main/other.ts'))
    ],
    [
      'text moves from one source to another',
      () => (write('src/main/index.ts', ''), write('src/main/z.ts', 'one'))
    ],
    ['the lock changes', () => write('package-lock.json', '{ }')],
    ['the benchmarks change', () => write('bench/index.ts', '')],
    ['another build wrote to the output', () => write('out/main/index.js', 'built by dev')],
    ['a part of the output is gone', () => rmSync(join(root, 'out/main/index.js'))],
    ['all of the output is gone', () => rmSync(join(root, 'out'), { recursive: true })],
    ['a build broke off', () => forgetBuild(root)]
  ])('is false when %s', (_what, change) => {
    change()
    expect(isBuilt(root)).toBe(false)
  })

  it('is true again once the changed sources are built', () => {
    write('src/main/index.ts', 'two')
    rememberBuild(root)
    expect(isBuilt(root)).toBe(true)
  })
})
