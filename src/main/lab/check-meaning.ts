/** What the schema cannot say: that names exist, and that a design has a meaning in the environment. */
import type { DesignInfo } from '@shared/model/catalogue'
import { PAGE_POLICIES } from '@shared/arch/page-size'
import { DEPTH, LAYER_NAMES, type Environment } from '@shared/model/environment'
import { labSpecSchema, type SpecInput } from '@shared/model/spec'
import { nearest } from './nearest'
import { isObject } from '@shared/model/plain-object'
import type { Offer } from './offer'
import { problem, valueText } from './spec-problem'

interface Named {
  readonly id: string
}

function unknownName(what: string, name: string, known: readonly Named[], where: string): string {
  const names = nearest(
    name,
    known.map((one) => one.id)
  )
  return problem(`unknown ${what} ${valueText(name)}`, where, `nearest names: ${names.join(', ')}`)
}

const isUnknown = (name: string | undefined, known: readonly Named[]): name is string =>
  name !== undefined && !known.some((one) => one.id === name)

function designProblem(id: string, environment: Environment, designs: readonly DesignInfo[]): string[] {
  const design = designs.find((one) => one.id === id)
  if (!design) return [unknownName('design', id, designs, 'lanes')]
  if (design.environments.includes(environment)) return []
  const reason = design.refusal ?? `it exists in ${design.environments.join(' and ')} only`
  const others = designs.filter((one) => one.environments.includes(environment)).map((one) => one.id)
  return [
    problem(`${id} has no meaning in ${environment}: ${reason}`, 'lanes', `choose ${others.join(', ')}`)
  ]
}

/** A design that has no way to map pages of a size that a layer has. */
function pageSizeProblems(id: string, input: SpecInput, designs: readonly DesignInfo[]): string[] {
  const lacks = designs.find((one) => one.id === id)?.lacks
  if (!lacks) return []
  const { pageSize, hostPageSize, environment } = labSpecSchema.shape
  const isGuest = environment.safeParse(input.environment).data !== 'native'
  const sizes = { pageSize, ...(isGuest ? { hostPageSize } : {}) }
  return Object.entries(sizes).flatMap(([key, schema]) => {
    const size = schema.safeParse(input[key]).data
    if (size === undefined || !lacks.pageSizes.includes(size)) return []
    const others = PAGE_POLICIES.filter((one) => !lacks.pageSizes.includes(one))
    return [problem(`${id} has no ${size} pages: ${lacks.why}`, key, `choose ${others.join(', ')}`)]
  })
}

function coverageProblems(coverage: unknown, environment: Environment): string[] {
  if (!isObject(coverage)) return []
  const alone =
    coverage.L0 === 'P'
      ? [problem('L0 has no layer below it to cooperate with', 'coverage.L0', 'give D or R')]
      : []
  return [...alone, ...missingLayers(coverage, 'coverage', environment)]
}

function missingLayers(byLayer: unknown, path: string, environment: Environment): string[] {
  if (!isObject(byLayer)) return []
  const layers = LAYER_NAMES.slice(0, DEPTH[environment])
  return LAYER_NAMES.filter((layer) => layer in byLayer && !layers.includes(layer)).map((layer) =>
    problem(
      `there is no layer ${layer} in ${environment}`,
      `${path}.${layer}`,
      `name ${layers.join(', ')} only`
    )
  )
}

/** A run has one source of accesses. */
function scenarioProblems(input: SpecInput, scenarios: readonly Named[]): string[] {
  const scenario = labSpecSchema.shape.scenario.safeParse(input.scenario).data
  if (!scenario) return []
  const { name, file } = scenario
  const alone = isObject(input.trace)
    ? [problem('a run has one source of accesses', 'scenario and trace', 'set one of them to null')]
    : []
  if ((name === null) === (file === null))
    return [
      ...alone,
      problem('a scenario is a name or a file', 'scenario', 'set name or file, the other to null')
    ]
  return name !== null && isUnknown(name, scenarios)
    ? [...alone, unknownName('scenario', name, scenarios, 'scenario.name')]
    : alone
}

/**
 * Values of the wrong type are left to the schema, which has lines for them.
 * @param hardwareIsWhole every parameter of the hardware is given: then the profile is only its name
 */
export function checkMeaning(
  input: SpecInput,
  { designs, workloads, scenarios, profiles }: Offer,
  hardwareIsWhole: boolean
): string[] {
  const { shape } = labSpecSchema
  const environment = shape.environment.safeParse(input.environment).data
  const lanes = shape.lanes.safeParse(input.lanes).data ?? []
  const workload = shape.workload.safeParse(input.workload).data
  const profile = shape.profile.safeParse(input.profile).data
  const problems = new Set<string>()
  if (environment) {
    for (const id of lanes) {
      designProblem(id, environment, designs).forEach((line) => problems.add(line))
      pageSizeProblems(id, input, designs).forEach((line) => problems.add(line))
    }
    coverageProblems(input.coverage, environment).forEach((line) => problems.add(line))
    const limits = isObject(input.memory) ? input.memory.limits : undefined
    missingLayers(limits, 'memory.limits', environment).forEach((line) => problems.add(line))
  }
  if (isUnknown(workload, workloads)) problems.add(unknownName('workload', workload, workloads, 'workload'))
  scenarioProblems(input, scenarios).forEach((line) => problems.add(line))
  if (!hardwareIsWhole && isUnknown(profile, profiles))
    problems.add(unknownName('hardware profile', profile, profiles, 'profile'))
  return [...problems]
}
