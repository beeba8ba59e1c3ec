import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Out of the way of the numbers that programs expect of their own files. */
export const LOG_FD = 9

const LACKEY = ['--tool=lackey', '--trace-mem=yes', '--basic-counts=yes', '--detailed-counts=yes']

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} path of Valgrind's launcher
 */
export const findValgrind = (env) =>
  (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'valgrind'))
    .find(isExecutable)

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The process alone, its records on LOG_FD. What it forks would mix its records with those of its parent. */
export const alone = [...LACKEY, `--log-fd=${LOG_FD}`, '--child-silent-after-fork=yes']

/**
 * Every process, with a file of its own in the folder: PID.
 * @param {string} folder
 */
export const withChildren = (folder) => [
  ...LACKEY,
  '--trace-children=yes',
  `--log-file=${folder.replaceAll('%', '%%')}/%p`
]
