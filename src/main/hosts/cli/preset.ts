/** `--preset`: the footprint that belongs to the workload, in the place of a size of one's own. */
import type { Offer } from '@main/lab/offer'
import { isObject } from '@shared/model/plain-object'
import { WORKLOAD_PRESETS, type WorkloadPreset } from '@shared/model/catalogue'
import { labSpecSchema, type SpecInput } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { Option } from 'commander'

const WHERE = '--preset'

export const presetOption = (): Option =>
  new Option('--preset <P>', 'footprint that belongs to the workload (lab workloads)').choices(
    WORKLOAD_PRESETS
  )

const isPreset = (name: string): name is WorkloadPreset => WORKLOAD_PRESETS.some((preset) => preset === name)

/**
 * The footprint as a part of a spec. A workload that there is not is left to be refused by name.
 * @param input all that is given
 * @param flags what flags say of it
 */
export function presetInput(
  preset: string | undefined,
  input: SpecInput,
  flags: SpecInput,
  { workloads }: Offer
): SpecInput {
  if (preset === undefined || !isPreset(preset)) return {}
  if (flags.footprint !== undefined)
    throw new UserError('a run has one footprint', '--preset and --footprint', 'give one of them')
  if (isObject(input.trace) || isObject(input.scenario))
    throw new UserError('only workloads have presets', WHERE, 'leave it out, or name a --workload')
  const id = labSpecSchema.shape.workload.safeParse(input.workload).data
  const workload = workloads.find((one) => one.id === id)
  if (!workload) return {}
  if (workload.presets === null)
    throw new UserError(`${workload.id} has no presets, it suits every size`, WHERE, 'give a --footprint')
  return { footprint: workload.presets[preset] }
}
