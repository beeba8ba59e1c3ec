import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { openStream } from '@main/store/open-stream'
import { readMemoryMap } from '@main/traces/memory-map'
import { summarizeTrace } from '@main/traces/trace-summary'
import { lackeyTotals, VALGRIND, valgrindFixture } from '../builders/valgrind-fixture'

const folder = mkdtempSync(join(tmpdir(), 'dmt-lab-record-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a trace recorded with Valgrind', () => {
  it('holds as many fetches, loads and stores as Valgrind counted', async () => {
    const summary = await summarizeTrace(await openStream(valgrindFixture('mixed.lackey.gz')))
    expect(summary).toMatchObject({ ...lackeyTotals(), badLines: 0 })
    expect(summary.fetches).toBeGreaterThan(100_000)
  })

  // The programs of the system are linked lazily or not, and Valgrind counts no access of the helper that saves
  // registers for the linker: a load and a store for each xsave.
  it.skipIf(VALGRIND === undefined)(
    'live, the same but for one load and one store of each xsave',
    async () => {
      const name = join(folder, 'true')
      execFileSync(resolve('scripts/record-trace'), ['-q', '-o', name, 'true'])
      const summary = await summarizeTrace(await openStream(`${name}.lackey.gz`))
      const text = gunzipSync(readFileSync(`${name}.lackey.gz`)).toString('latin1')
      const totals = lackeyTotals(text)
      expect(summary.fetches).toBe(totals.fetches)
      expect(summary.fetches).toBeGreaterThan(10_000)
      const helpers = summary.loads - totals.loads
      expect(helpers).toBe(summary.stores - totals.stores)
      expect(helpers).toBeLessThan(summary.loads / 1000)
      const map = await readMemoryMap(await openStream(`${name}.maps`), 4)
      expect(map.areas.length).toBeGreaterThan(3)
    },
    60_000
  )
})
