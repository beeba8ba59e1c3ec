import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOfContents, hashOfWrites } from './fingerprint.mjs'

/** What the build reads. */
const SOURCES = [
  'src',
  'bench',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.node.json',
  'tsconfig.web.json'
]

/** What it writes. Watched as well, because `npm run dev` leaves a build of its own there. */
const OUTPUTS = ['out/main', 'out/preload', 'out/renderer']

const STAMP = 'out/.built-from'

/** @param {string} root */
const stampOf = (root) => `${hashOfContents(root, SOURCES)} ${hashOfWrites(root, OUTPUTS)}\n`

/** @param {string} path */
function textAt(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * True when out/ is what the last whole build of the present sources left there.
 * @param {string} root
 */
export const isBuilt = (root) => textAt(join(root, STAMP)) === stampOf(root)

/**
 * To call before building: a build that breaks off leaves no stamp.
 * @param {string} root
 */
export const forgetBuild = (root) => rmSync(join(root, STAMP), { force: true })

/**
 * To call after a build that went well.
 * @param {string} root
 */
export const rememberBuild = (root) => writeFileSync(join(root, STAMP), stampOf(root))
