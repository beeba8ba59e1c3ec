// The x86-64 baseline: radix walks, 2-D under nested paging (EPT), 2-D over L0's shadow EPT when nested.
import { DEPTH, ENVIRONMENTS } from '@shared/model/environment'
import type { TranslationDesign } from './design'
import { pureStack, shadowedStack } from './stages'

export const radix: TranslationDesign = {
  info: {
    id: 'radix',
    title: 'Radix',
    summary:
      'Page tables walked level by level, as x86 processors do; in a guest, every step is itself translated.',
    paper: null,
    environments: ENVIRONMENTS,
    refusal: null,
    hasRegisters: false
  },
  modes: (environment) => Array.from({ length: DEPTH[environment] }, () => 'R'),
  shadow: (spec) => (spec.environment === 'nested' ? 'populated' : 'none'),
  stage: (parts) => (parts.stack.shadow ? shadowedStack(parts) : pureStack(parts))
}
