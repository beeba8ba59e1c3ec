import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './paths.mjs'

/**
 * Runs a program to its end, all its output on stderr. True when it went well.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeout?: number, shell?: boolean }} [options] timeout in ms
 */
export function succeeds(program, args, options = {}) {
  return spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', 2, 2], ...options }).status === 0
}

/**
 * How to call npm or npx: under `npm run` npm says where its own script is, and that same npm is used
 * without a shell in between; called by hand, the one on PATH.
 * @param {'npm' | 'npx'} tool
 * @param {string[]} args
 * @returns {[program: string, args: string[], options: { shell: boolean }]}
 */
export function npmCall(tool, args) {
  const npm = process.env.npm_execpath ?? ''
  const script = join(dirname(npm), `${tool}-cli.js`)
  if (npm && existsSync(script)) return [process.execPath, [script, ...args], { shell: false }]
  // Windows starts a .cmd file only through its shell.
  return [tool, args, { shell: process.platform === 'win32' }]
}

/**
 * The script of a command that a package of the project brings along.
 * @param {string} path below node_modules
 */
export const packageScript = (path) => join(ROOT, 'node_modules', path)

/**
 * @typedef {{ code: number | null, milliseconds: number, error?: Error }} Ending
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<Ending>}
 */
export function ending(child) {
  const started = Date.now()
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, milliseconds: Date.now() - started, error }))
    child.once('close', (code) => resolve({ code, milliseconds: Date.now() - started }))
  })
}

/**
 * Runs a Node script; its output is kept, or shown as it comes.
 * @param {string[]} args
 * @param {{ show?: boolean, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Ending & { output: string }>}
 */
export async function runNode(args, { show = false, env = process.env } = {}) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env,
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe']
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => (output += text))
  return { ...(await ending(child)), output }
}
