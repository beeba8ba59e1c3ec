/** `lab walk`: one cold translation, step by step. */
import { LAYER_NAMES } from '@shared/model/environment'
import type { SpecInput } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import type { Command } from 'commander'
import {
  addSpecFlags,
  atPath,
  flagsInput,
  joinInputs,
  SHARED_FLAGS,
  specFrom,
  type Flags
} from './spec-flags'
import type { Toolbox } from './toolbox'
import { walkJson, walkTable } from './walk-text'

const COVERAGE_HELP =
  'how each layer is translated: P cooperative DMT, D DMT, R radix; sets nested.fallback to pure unless it is given'

function coverageInput(text: string): SpecInput {
  const named = new Set<string>()
  const parts = text.split(',').map((part) => {
    const [layer, mode, ...rest] = part.trim().split('=')
    if (mode === undefined || rest.length > 0 || !LAYER_NAMES.some((name) => name === layer)) {
      throw new UserError(
        `${JSON.stringify(part.slice(0, 60))} names no layer and mode`,
        '--coverage',
        'write L0=D,L1=P,L2=R'
      )
    }
    if (named.has(layer)) throw new UserError(`${layer} is named twice`, '--coverage', 'name each layer once')
    named.add(layer)
    return atPath(`coverage.${layer}`, mode)
  })
  return joinInputs(...parts)
}

export function walkCommand(program: Command, toolbox: Toolbox): void {
  const command = program
    .command('walk')
    .description('one cold translation: no TLB, walk-cache or nested-TLB hits')
    .option('--design <D>', 'translation design', 'radix')
  addSpecFlags(command, SHARED_FLAGS)
    .option('--coverage <L0=D,L1=P,L2=R>', COVERAGE_HELP)
    .option('--json', 'print dmt-lab/walk@1 instead of a table')
    .action(async (flags: Flags) => {
      const design = String(flags.design)
      const coverage = typeof flags.coverage === 'string' ? coverageInput(flags.coverage) : {}
      const spec = await specFrom(joinInputs(flagsInput(flags), coverage, { lanes: [design] }), toolbox.offer)
      const walk = await toolbox.coldWalk(spec, design)
      const title = `A cold walk with ${design}, ${spec.environment}, ${spec.levels} levels`
      await toolbox.stdout(flags.json ? walkJson(walk) : walkTable(walk, title))
    })
}
