/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 */

/** @param {LockedPackage} entry */
const mayBeAbsent = (entry) => Boolean(entry.optional || entry.devOptional)

/**
 * @param {LockedPackage} a
 * @param {LockedPackage} b
 */
const isSame = (a, b) => a.version === b.version && a.integrity === b.integrity

/**
 * True when npm's own record of what it installed says what the lock file says. Packages of other
 * platforms are optional and stay away; `resolved` is left out because it names the registry that was used.
 * @param {Lock} lock package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json
 */
export function isInstalled(lock, installed) {
  const wanted = lock.packages ?? {}
  const present = installed?.packages
  if (!present) return false
  const complete = Object.entries(wanted).every(
    ([path, entry]) => path === '' || path in present || mayBeAbsent(entry)
  )
  return (
    complete &&
    Object.entries(present).every(([path, entry]) => path in wanted && isSame(entry, wanted[path]))
  )
}
