/** The same spec without a window. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNode } from '../lib/child.mjs'
import { ROOT } from '../lib/paths.mjs'
import { runResult } from './run-result.mjs'

/**
 * @param {Record<string, unknown>} spec
 * @returns {Promise<import('./run-result.mjs').RunResult>}
 */
export async function commandLineRun(spec) {
  const folder = mkdtempSync(join(tmpdir(), 'dmt-lab-soak-'))
  const [given, written] = [join(folder, 'spec.json'), join(folder, 'run.json')]
  try {
    writeFileSync(given, JSON.stringify(spec))
    const args = [join(ROOT, 'out/main/cli.js'), 'run', '--spec', given, '--quiet', '--json', written]
    const { code, output } = await runNode(args)
    if (code !== 0) throw new Error(`the command line ended with ${code}: ${output.trim()}`)
    return runResult(readFileSync(written, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
