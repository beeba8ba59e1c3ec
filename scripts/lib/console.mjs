/** Set-up talks on stderr only: stdout belongs to the result of whatever command comes next. */

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Ends with one line that says what is wrong and what to do.
 * @param {string} line
 * @returns {never}
 */
export function giveUp(line) {
  say(`dmt-lab: ${line}`)
  process.exit(1)
}
