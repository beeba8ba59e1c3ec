import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isInstalled } from '../../../scripts/lib/installed.mjs'
import { isAtLeast } from '../../../scripts/lib/node-version.mjs'

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/vue': { version: '3.5.45', integrity: 'sha512-vue' },
    'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-fs', optional: true }
  }
}
const vue = { 'node_modules/vue': { version: '3.5.45', integrity: 'sha512-vue' } }

describe('isInstalled()', () => {
  it('is content with what the lock names, optional packages of other systems aside', () => {
    expect(isInstalled(lock, { packages: vue })).toBe(true)
    expect(
      isInstalled(lock, {
        packages: { ...vue, 'node_modules/fsevents': lock.packages['node_modules/fsevents'] }
      })
    ).toBe(true)
  })

  it('does not ask where a package came from', () => {
    const fetched = { ...vue['node_modules/vue'], resolved: 'https://mirror.invalid/vue.tgz' }
    expect(isInstalled(lock, { packages: { 'node_modules/vue': fetched } })).toBe(true)
  })

  it.each([
    ['nothing is installed', undefined],
    ['the record is empty', {}],
    ['a package is missing', { packages: {} }],
    [
      'a version differs',
      { packages: { 'node_modules/vue': { version: '3.5.44', integrity: 'sha512-vue' } } }
    ],
    [
      'the content differs',
      { packages: { 'node_modules/vue': { version: '3.5.45', integrity: 'sha512-other' } } }
    ],
    ['something more is installed', { packages: { ...vue, 'node_modules/left': { version: '1.0.0' } } }]
  ])('asks for an install when %s', (_why, installed) => {
    expect(isInstalled(lock, installed)).toBe(false)
  })

  it('holds here, where the tests run', () => {
    const read = (path: string): object => JSON.parse(readFileSync(path, 'utf8')) as object
    expect(isInstalled(read('package-lock.json'), read('node_modules/.package-lock.json'))).toBe(true)
  })
})

describe('isAtLeast()', () => {
  it.each([
    ['20.19.0', true],
    ['20.19.1', true],
    ['20.20.0', true],
    ['22.0.0', true],
    ['100.0.0', true],
    ['20.18.9', false],
    ['20.9.0', false],
    ['18.99.99', false]
  ])('compares %s with 20.19.0 number by number', (version, enough) => {
    expect(isAtLeast(version, '20.19.0')).toBe(enough)
  })
})
