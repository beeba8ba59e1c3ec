// Direct Memory Translation, ASPLOS 2024 (Zhang et al., DOI 10.1145/3620665.3640358): 1, 3, 7 references.
import { DEPTH, ENVIRONMENTS } from '@shared/model/environment'
import type { TranslationDesign } from './design'
import { pureStack, shadowedStack } from './stages'

export const DMT_PAPER =
  'Direct Memory Translation for Virtualized Clouds, ASPLOS 2024, DOI 10.1145/3620665.3640358'

export const dmt: TranslationDesign = {
  info: {
    id: 'dmt',
    title: 'DMT',
    summary:
      'Registers say where the leaf tables of large areas lie, so one fetch per layer finds the entry.',
    paper: DMT_PAPER,
    environments: ENVIRONMENTS,
    refusal: null,
    hasRegisters: true
  },
  modes: (environment) => Array.from({ length: DEPTH[environment] }, () => 'D'),
  shadow: (spec) =>
    spec.environment === 'nested' && spec.nested.fallback === 'shadow-ept' ? 'on-demand' : 'none',
  stage: (parts) => (parts.stack.shadow ? shadowedStack(parts) : pureStack(parts))
}
