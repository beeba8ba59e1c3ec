/**
 * A cell of text as RFC 4180 has it: quoted where it must be. What a spreadsheet would take for a formula gets an
 * apostrophe before it, because text may come from a hostile file.
 */
export function csvField(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
