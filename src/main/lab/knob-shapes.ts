/** Kind, range and default of each parameter of a workload, read off the schema: they are said there alone. */
import type { OfferedWorkload, WorkloadInfo, WorkloadKnob } from '@shared/model/catalogue'
import type { KnobShape } from '@shared/model/knob-shape'
import { workloadKnobs } from '@shared/model/workload-knobs'
import { z } from 'zod'

/** The part of JSON Schema that they use. */
const nodeSchema = z.object({
  type: z.enum(['integer', 'number', 'string', 'boolean']),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  enum: z.array(z.string()).optional(),
  default: z.union([z.number(), z.string(), z.boolean()])
})
const groupsSchema = z.object({
  properties: z.record(z.string(), z.object({ properties: z.record(z.string(), nodeSchema) }))
})

const { properties: groups } = groupsSchema.parse(z.toJSONSchema(workloadKnobs, { io: 'output' }))

function shapeAt(path: string): KnobShape {
  const [group, name] = path.split('.')
  const node = groups[group]?.properties[name]
  if (!node) throw new Error(`knob-shapes: no parameter of a workload has the path ${path}`)
  if (typeof node.default === 'boolean') return { kind: 'switch', default: node.default }
  if (typeof node.default === 'string')
    return { kind: 'choice', choices: node.enum ?? [], default: node.default }
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = node
  const isShare = node.type === 'number' && minimum === 0 && maximum === 1
  const kind = isShare ? 'share' : node.type === 'integer' ? 'count' : 'number'
  return { kind, minimum, maximum, default: node.default }
}

const withShape = (knob: WorkloadKnob): OfferedWorkload['knobs'][number] => ({
  ...knob,
  shape: shapeAt(knob.path)
})

export const offeredWorkload = (info: WorkloadInfo): OfferedWorkload => ({
  ...info,
  knobs: info.knobs.map(withShape)
})
