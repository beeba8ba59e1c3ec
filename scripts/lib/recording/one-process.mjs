import { spawn } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { LackeyCounts } from './lackey-counts.mjs'
import { SeenMaps } from './seen-maps.mjs'
import { alone, LOG_FD } from './valgrind.mjs'

/**
 * The memory map of a process; empty when it has ended.
 * @param {number | undefined} pid
 */
export function mapOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'latin1')
  } catch {
    return ''
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
export const endOf = (child) =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })

/**
 * Runs a program under Lackey and writes its trace. The map is looked at with every piece of the trace that arrives:
 * the process is then a few thousand records further, whatever it does and however short it runs.
 * @param {{ valgrind: string, program: string, args: readonly string[] }} command
 * @param {string} path of the trace
 * @param {(records: number) => void} onProgress
 */
export async function recordProcess({ valgrind, program, args }, path, onProgress) {
  /** @type {('inherit' | 'pipe' | 'ignore')[]} */
  const stdio = ['inherit', 'inherit', 'inherit']
  for (let fd = stdio.length; fd < LOG_FD; fd++) stdio.push('ignore')
  const child = spawn(valgrind, [...alone, program, ...args], { stdio: [...stdio, 'pipe'] })
  const counts = new LackeyCounts()
  const maps = new SeenMaps()
  const ended = endOf(child)
  /** @type {readonly unknown[]} */
  const pipes = child.stdio
  const log = /** @type {AsyncIterable<Buffer>} */ (pipes[LOG_FD])
  async function* watched() {
    for await (const chunk of log) {
      maps.add(mapOf(child.pid))
      counts.add(chunk)
      onProgress(counts.records)
      yield chunk
    }
  }
  try {
    await Promise.all([ended, pipeline(watched(), createGzip(), createWriteStream(path))])
  } finally {
    child.kill()
  }
  return { ...(await ended), counts, maps }
}
