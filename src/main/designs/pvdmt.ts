// Cooperative DMT (pvDMT) of the same paper: guest areas lie in machine-contiguous frames; 2 and 3 references.
import { DEPTH, type LayerMode } from '@shared/model/environment'
import type { TranslationDesign } from './design'
import { DMT_PAPER, dmt } from './dmt'

export const pvdmt: TranslationDesign = {
  info: {
    id: 'pvdmt',
    title: 'pvDMT',
    summary:
      'DMT whose guest areas L0 places in contiguous machine memory, so no table has to be located first.',
    paper: DMT_PAPER,
    environments: ['virtualized', 'nested'],
    refusal: 'with no host there is nobody to cooperate with',
    hasRegisters: true
  },
  modes: (environment) =>
    Array.from({ length: DEPTH[environment] }, (_, k): LayerMode => (k === 0 ? 'D' : 'P')),
  shadow: dmt.shadow,
  stage: dmt.stage
}
