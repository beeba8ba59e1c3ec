import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/**
 * Every file at or below `path`, sorted; none when nothing is there.
 * @param {string} path
 * @returns {string[]}
 */
export function filesBelow(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return []
  if (!stats.isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

/**
 * @param {string} root
 * @param {string[]} paths
 * @param {(file: string) => string | Buffer} factOf
 */
function hash(root, paths, factOf) {
  const sum = createHash('sha256')
  for (const file of paths.flatMap((path) => filesBelow(join(root, path)))) {
    sum.update(`${relative(root, file).split(sep).join('/')}\0`)
    sum.update(factOf(file)).update('\0')
  }
  return sum.digest('hex')
}

/**
 * Changes when a file below `paths` appears, disappears, moves or changes its content. Content and not
 * time, so that a checkout of the same sources is no change.
 * @param {string} root
 * @param {string[]} paths relative to root
 */
export const hashOfContents = (root, paths) => hash(root, paths, (file) => readFileSync(file))

/**
 * Changes when anything writes to a file below `paths`; the files themselves are not read.
 * @param {string} root
 * @param {string[]} paths relative to root
 */
export const hashOfWrites = (root, paths) =>
  hash(root, paths, (file) => {
    const { size, mtimeMs } = statSync(file)
    return `${size} ${mtimeMs}`
  })
