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
    hasRegisters: true,
    story: {
      how: 'DMT whose guest areas the host places in contiguous machine memory on request, so that the machine address of a guest’s leaf entry needs no translation: one read for each layer, 2 in a guest and 3 in a guest within a guest. A table of the host’s, indexed by an ID in the register, keeps guests apart.',
      otherwise:
        'Where the host refuses, the guest keeps an area of its own as under DMT, or ordinary tables.',
      notes: [
        'The table of grants and its checks are the lab’s own (docs/adr); the published prototype has none.'
      ]
    }
  },
  modes: (environment) =>
    Array.from({ length: DEPTH[environment] }, (_, k): LayerMode => (k === 0 ? 'D' : 'P')),
  shadow: dmt.shadow,
  stage: dmt.stage
}
