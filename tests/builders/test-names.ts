/** Names of tests, read from their source: what `describe` and `it` are called with. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export interface NamedTest {
  readonly file: string
  readonly name: string
}

const HEADS = ['describe', 'it']

/** `it('...')`, `it.each(...)('...')`: the word that the call begins with. */
function headOf(callee: ts.Node): string {
  if (ts.isIdentifier(callee)) return callee.text
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return headOf(callee.expression)
  return ''
}

function namesIn(file: string): NamedTest[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
  const found: NamedTest[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && HEADS.includes(headOf(node.expression))) {
      const [name] = node.arguments
      if (name !== undefined && ts.isStringLiteralLike(name)) found.push({ file, name: name.text })
      if (name !== undefined && ts.isTemplateExpression(name))
        found.push({ file, name: name.getText(source) })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Of every test file in a folder and below it. */
export function testNames(folder: string): NamedTest[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(folder, file))
    .sort()
    .flatMap(namesIn)
}
