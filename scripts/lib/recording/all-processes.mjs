import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setInterval } from 'node:timers'
import { createGzip } from 'node:zlib'
import { LackeyCounts } from './lackey-counts.mjs'
import { endOf, mapOf } from './one-process.mjs'
import { SeenMaps } from './seen-maps.mjs'
import { withChildren } from './valgrind.mjs'

/** Often enough that a map is taken early and late in the life of a process that runs a hundred times slower. */
const LOOK_EVERY_MS = 5

/**
 * Runs a program and what it starts under Lackey; each process writes a file of its own in the folder.
 * @param {{ valgrind: string, program: string, args: readonly string[] }} command
 * @param {string} folder an empty one
 */
export async function recordProcesses({ valgrind, program, args }, folder) {
  const child = spawn(valgrind, [...withChildren(folder), program, ...args], { stdio: 'inherit' })
  /** @type {Map<string, SeenMaps>} */
  const seen = new Map()
  const look = () => {
    for (const pid of readdirSync(folder)) {
      const maps = seen.get(pid) ?? new SeenMaps()
      seen.set(pid, maps)
      maps.add(mapOf(Number(pid)))
    }
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  try {
    return { ...(await endOf(child)), seen }
  } finally {
    clearInterval(timer)
    look()
  }
}

/**
 * Compresses what one process wrote.
 * @param {string} from
 * @param {string} to
 */
export async function compress(from, to) {
  const counts = new LackeyCounts()
  /** @type {AsyncIterable<Buffer>} */
  const bytes = createReadStream(from)
  async function* counted() {
    for await (const chunk of bytes) {
      counts.add(chunk)
      yield chunk
    }
  }
  await pipeline(counted(), createGzip(), createWriteStream(to))
  return counts
}

/** @param {string} folder @param {string} pid */
export const partOf = (folder, pid) => join(folder, pid)
