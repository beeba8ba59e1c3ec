/** Names of files as people gave them: only to be shown, never part of a path. */

const LONGEST = 120

/** Without folders, control characters and those that turn the direction of writing. */
export function displayName(given: string): string {
  const name = given.split(/[/\\]/).at(-1) ?? ''
  const shown = name.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim()
  return [...shown].slice(0, LONGEST).join('') || 'unnamed file'
}
