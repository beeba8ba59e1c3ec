/** From what a person or a file gives to a complete spec, or one line for each thing wrong with it. */
import { HARDWARE_GROUPS } from '@shared/model/hardware-profile'
import { labSpecSchema, type LabSpec, type SpecInput } from '@shared/model/spec'
import { checkMeaning } from './check-meaning'
import type { Offer } from './offer'
import { hasWholeHardware, withMatchCycles } from './own-hardware'
import { isObject } from '@shared/model/plain-object'
import { merged } from './plain-object'
import { lineForIssue, lineForUnknown } from './spec-problem'
import { unknownPaths } from './unknown-paths'

export type Resolution = { readonly spec: LabSpec } | { readonly problems: string[] }

/** The default lanes compare radix with pvDMT; with no host there is nobody to cooperate with. */
function withLanes(input: SpecInput): SpecInput {
  return input.lanes === undefined && input.environment === 'native'
    ? { ...input, lanes: ['radix', 'dmt'] }
    : input
}

/** Coverage names how each layer is translated, which leaves nothing for a shadow table to stand in for. */
function withFallback(input: SpecInput): SpecInput {
  const { coverage, nested } = input
  if (!isObject(coverage) || Object.keys(coverage).length === 0) return input
  return nested === undefined || isObject(nested)
    ? { ...input, nested: { fallback: 'pure', ...nested } }
    : input
}

/** A scenario that comes with the lab has the CPUs it needs. */
function withCpus(input: SpecInput, { scenarios }: Offer): SpecInput {
  const { scenario, cpu } = input
  const name = isObject(scenario) ? scenario.name : undefined
  const needed = scenarios.find((one) => one.id === name)?.cpus ?? 1
  if (needed === 1 || !(cpu === undefined || isObject(cpu))) return input
  return { ...input, cpu: { count: needed, ...cpu } }
}

/** The profile's hardware with the input's differences over it; the default profile's where none is known. */
function withHardware(input: SpecInput, { profiles }: Offer): SpecInput {
  const fallback = labSpecSchema.shape.profile.parse(undefined)
  const profile = profiles.find((one) => one.id === (input.profile ?? fallback)) ?? profiles[0]
  const groups = HARDWARE_GROUPS.map((group) => [group, merged(profile.hardware[group], input[group])])
  return { ...withMatchCycles(input, profile), ...(Object.fromEntries(groups) as SpecInput) }
}

/**
 * Takes any part of a spec; the rest comes from the profile and the defaults. Nothing is evaluated and no
 * unknown name passes, so the input may be hostile.
 */
export function resolveSpec(input: SpecInput, offer: Offer): Resolution {
  const unknown = unknownPaths(input)
  const complete = withHardware(withCpus(withFallback(withLanes(input)), offer), offer)
  const parsed = labSpecSchema.safeParse(complete)
  const problems = [
    ...unknown.map(lineForUnknown),
    ...(parsed.error?.issues ?? [])
      .filter((issue) => issue.code !== 'unrecognized_keys')
      .map((issue) => lineForIssue(issue, complete)),
    ...checkMeaning(complete, offer, hasWholeHardware(input))
  ]
  // A number beyond a bound and beyond what is exact breaks two rules, told by one line.
  return parsed.success && problems.length === 0
    ? { spec: parsed.data }
    : { problems: [...new Set(problems)] }
}
