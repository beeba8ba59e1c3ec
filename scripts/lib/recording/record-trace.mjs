import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, resolve } from 'node:path'
import { compress, partOf, recordProcesses } from './all-processes.mjs'
import { recordProcess } from './one-process.mjs'
import { readOptions, USAGE } from './options.mjs'
import { findValgrind } from './valgrind.mjs'

/** Bad usage, or nothing to record with; as the lab's own commands. */
const BAD_USAGE = 2
const SHOW_EVERY_MS = 500

/** @param {string} line */
const say = (line) => process.stderr.write(`record-trace: ${line}\n`)
/** @param {number} n */
const grouped = (n) => n.toLocaleString('en')

/**
 * Records a program. Messages go to stderr, after the program has ended.
 * @param {readonly string[]} argv
 * @returns {Promise<number>} exit code: the program's own
 */
export async function recordTrace(argv) {
  const options = readOptions(argv)
  if (options === null) {
    process.stdout.write(USAGE)
    return 0
  }
  const problem = typeof options === 'string' ? options : whyNot(options)
  const valgrind = findValgrind(process.env)
  if (typeof options === 'string' || problem !== null) return refuse(problem ?? '')
  if (valgrind === undefined) return refuse('valgrind is not installed, run: sudo apt install valgrind')
  // Ctrl+C ends the program, which is in the same group; what it has done until then is kept.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => undefined)
  const folder = mkdtempSync(`${resolve(options.name)}.recording-`)
  try {
    return await (options.children ? recordAll : recordOne)({ ...options, valgrind }, folder)
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} problem */
function refuse(problem) {
  say(problem)
  return BAD_USAGE
}

/** @param {import('./options.mjs').Options} options */
function whyNot({ name }) {
  if (process.platform !== 'linux') return 'programs are recorded on Linux only'
  const folder = dirname(resolve(name))
  return existsSync(folder) ? null : `there is no folder ${folder}, make it or give another name with -o`
}

/**
 * @typedef {import('./options.mjs').Options & { valgrind: string }} Recording
 *
 * @param {Recording} recording
 * @param {string} folder for files that are not complete
 */
async function recordOne(recording, folder) {
  const { name, quiet } = recording
  const progress = quiet ? null : new ProgressLine()
  const trace = `${folder}/trace`
  const done = await recordProcess(recording, trace, (records) => progress?.show(records))
  progress?.clear()
  if (done.counts.records === 0) return nothing(recording, done)
  keep(trace, done.maps, name)
  if (!quiet) tell(name, done.counts, done.maps)
  return ending(recording, done)
}

/**
 * @param {Recording} recording
 * @param {string} folder
 */
async function recordAll(recording, folder) {
  const { name, quiet } = recording
  const done = await recordProcesses(recording, folder)
  let kept = 0
  for (const [pid, maps] of done.seen) {
    const counts = await compress(partOf(folder, pid), `${folder}/trace`)
    if (counts.records === 0) continue
    keep(`${folder}/trace`, maps, `${name}.${pid}`)
    if (!quiet) tell(`${name}.${pid}`, counts, maps)
    kept++
  }
  return kept === 0 ? nothing(recording, done) : ending(recording, done)
}

/**
 * The names that were asked for name whole files only.
 * @param {string} trace @param {import('./seen-maps.mjs').SeenMaps} maps @param {string} name
 */
function keep(trace, maps, name) {
  writeFileSync(`${trace}.maps`, maps.toString())
  renameSync(trace, `${name}.lackey.gz`)
  renameSync(`${trace}.maps`, `${name}.maps`)
}

/**
 * @param {string} name
 * @param {import('./lackey-counts.mjs').LackeyCounts} counts
 * @param {import('./seen-maps.mjs').SeenMaps} maps
 */
function tell(name, counts, maps) {
  const { records, fetches, loads, stores } = counts
  const kinds = `${grouped(fetches)} fetches, ${grouped(loads)} loads, ${grouped(stores)} stores`
  say(`${name}.lackey.gz: ${grouped(records)} records, ${kinds}; ${comparison(counts)}`)
  say(`${name}.maps: ${grouped(maps.areas.length)} areas`)
}

/** @param {import('./lackey-counts.mjs').LackeyCounts} counts */
function comparison({ fetches, loads, stores, totals }) {
  if (totals === null) return 'the program ended before Valgrind printed its own count'
  const { fetches: f, loads: l, stores: s } = totals
  if (f === fetches && l === loads && s === stores) return 'Valgrind counted the same'
  return `Valgrind itself counted ${grouped(f)}, ${grouped(l)} and ${grouped(s)}`
}

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Ending */

/** @param {Recording} recording @param {Ending} end */
function ending({ program, quiet }, { code, signal }) {
  if (!quiet) say(`${program} ended ${signal === null ? `with code ${code}` : `by ${signal}`}`)
  return exitCode({ code, signal })
}

/** @param {Recording} recording @param {Ending} end */
function nothing({ program }, end) {
  say(`nothing was recorded of ${program}, no file was written`)
  return exitCode(end) || 1
}

/** As a shell tells it. @param {Ending} end */
const exitCode = ({ code, signal }) => code ?? 128 + (signal ? constants.signals[signal] : 0)

/** How far it is, on a terminal only. */
class ProgressLine {
  #shown = 0
  #started = Date.now()

  /** @param {number} records */
  show(records) {
    const now = Date.now()
    if (!process.stderr.isTTY || now - this.#shown < SHOW_EVERY_MS) return
    this.#shown = now
    const seconds = Math.round((now - this.#started) / 1000)
    process.stderr.write(`\r\x1b[Krecord-trace: ${grouped(records)} records, ${seconds} s`)
  }

  clear() {
    if (this.#shown > 0) process.stderr.write('\r\x1b[K')
  }
}
