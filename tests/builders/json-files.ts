/** JSON files in a folder that each test has to itself, and a host that opens them by their paths. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LabHost } from '@main/lab/ports'
import { openStream } from '@main/store/open-stream'
import { afterEach, beforeEach, expect } from 'vitest'

export const fileHost: LabHost = {
  kind: 'cli',
  version: '0',
  startLane: () => expect.fail('no lane is wanted'),
  usableMemory: () => 2 ** 40,
  openFile: (path) => openStream(path),
  exportReport: () => Promise.resolve({ kind: 'cancelled' })
}

/** Of a test file. What it returns writes a value, or text as it is, and gives the path. */
export function useJsonFiles(): (value: unknown, name?: string) => Promise<string> {
  let home: string
  beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'json-files-'))))
  afterEach(() => rm(home, { recursive: true, force: true }))
  return async (value, name = 'mine.json') => {
    const path = join(home, name)
    await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value))
    return path
  }
}
