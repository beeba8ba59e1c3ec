/** Markup that cannot be forgotten to escape: what is put into `html` is text unless it came out of `html`. */

export class Markup {
  constructor(readonly text: string) {}
}

export type Part = string | number | Markup | null | readonly Part[]

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

/** Control characters and those that turn the direction of writing: a file name may hold them. */
const MISLEADING = /(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character]).replace(MISLEADING, '\ufffd')

function textOf(part: Part): string {
  if (part === null) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(textOf).join('')
  return escaped(String(part))
}

/** Template tag for HTML and SVG alike. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Markup =>
  new Markup(strings.reduce((text, string, i) => text + textOf(parts[i - 1]) + string))

/** Text that this project wrote itself, such as a style sheet. */
export const trusted = (text: string): Markup => new Markup(text)
