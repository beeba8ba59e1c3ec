/** Every parameter of a spec by its path, read off the schema, so that names, types and bounds are said once. */
import { sizeText } from '@shared/model/quantity'
import { labSpecSchema } from '@shared/model/spec'
import { z } from 'zod'

export type ParameterKind = 'size' | 'count' | 'number' | 'boolean' | 'choice' | 'list' | 'text'

export interface Parameter {
  /** `tea.minVmaMiB` */
  readonly path: string
  readonly kind: ParameterKind
  /** What it takes, as the end of a sentence: `a whole number from 0 to 256`. */
  readonly accepted: string
  readonly choices: readonly (string | number)[]
}

/** The part of JSON Schema that the spec's schema uses. */
interface Node {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly propertyNames?: Node
  readonly additionalProperties?: Node | boolean
  readonly anyOf?: readonly Node[]
  readonly enum?: readonly (string | number)[]
  readonly const?: string | number
  readonly minimum?: number
  readonly maximum?: number
  readonly quantity?: 'size' | 'count'
}

/** Bounds that only mean "what a number can hold" are not worth a word. */
const isBound = (value: number | undefined): value is number =>
  value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER

function rangeText(node: Node, text: (value: number) => string): string {
  const { minimum, maximum } = node
  if (isBound(minimum) && isBound(maximum)) return ` from ${text(minimum)} to ${text(maximum)}`
  return isBound(minimum) ? ` of at least ${text(minimum)}` : ''
}

const choicesOf = (node: Node): readonly (string | number)[] =>
  node.enum ?? (node.anyOf ?? []).flatMap((one) => (one.const === undefined ? [] : [one.const]))

function parameter(path: string, node: Node): Parameter {
  const choices = choicesOf(node)
  const is = (kind: ParameterKind, accepted: string): Parameter => ({ path, kind, accepted, choices })
  if (choices.length > 0) return is('choice', choices.join(', '))
  if (node.quantity === 'size')
    return is(
      'size',
      `a size${rangeText(node, sizeText)}, such as ${(node.minimum ?? 0) > 2 ** 16 ? '' : '64KiB or '}4GiB`
    )
  if (node.quantity === 'count') return is('count', `a count${rangeText(node, String)}, such as 500k or 2M`)
  if (node.type === 'integer') return is('number', `a whole number${rangeText(node, String)}`)
  if (node.type === 'number') return is('number', `a number${rangeText(node, String)}`)
  if (node.type === 'boolean') return is('boolean', 'true or false')
  if (node.type === 'array') return is('list', 'names separated by commas')
  return is('text', 'text')
}

/** A group of parameters: its members by name, or undefined for a parameter. */
function membersOf(node: Node): [string, Node][] | undefined {
  const group = node.anyOf?.find((one) => one.properties) ?? node
  if (group.properties) return Object.entries(group.properties)
  const value = group.additionalProperties
  if (!group.propertyNames?.enum || typeof value !== 'object') return undefined
  return group.propertyNames.enum.map((name) => [String(name), value])
}

const parametersBelow = (path: string, node: Node): Parameter[] =>
  membersOf(node)?.flatMap(([name, member]) => parametersBelow(path ? `${path}.${name}` : name, member)) ?? [
    parameter(path, node)
  ]

const specNode = z.toJSONSchema(labSpecSchema, { io: 'output', unrepresentable: 'any' }) as Node

/** In the order of the schema. */
export const PARAMETERS: readonly Parameter[] = parametersBelow('', specNode)

const byPath = new Map(PARAMETERS.map((one) => [one.path, one]))

export const findParameter = (path: string): Parameter | undefined => byPath.get(path)

/** True for `tlb.data`, which holds parameters but is none. */
export const isGroup = (path: string): boolean => PARAMETERS.some((one) => one.path.startsWith(path + '.'))

/**
 * The value that text stands for in the command line. Text that is no such value comes back as it is, so that
 * the schema refuses it by name; sizes and counts stay text, which the schema reads.
 */
export function typedValue({ kind, choices }: Parameter, text: string): unknown {
  if (kind === 'choice') return choices.find((choice) => String(choice) === text) ?? text
  if (kind === 'list') return text.split(',').map((name) => name.trim())
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (kind === 'number') return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
  return text
}
