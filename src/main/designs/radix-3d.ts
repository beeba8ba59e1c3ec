// All three dimensions of a nested stack walked in hardware: what shadow EPT spares, as an upper bound.
import { radix } from './radix'
import type { TranslationDesign } from './design'
import { pureStack } from './stages'

export const radix3d: TranslationDesign = {
  info: {
    id: 'radix-3d',
    title: 'Radix, three dimensions',
    summary: 'The tables of all three layers are walked in hardware; no layer is folded into a shadow table.',
    paper: null,
    environments: ['nested'],
    refusal: 'three dimensions exist only when a guest runs inside a guest',
    hasRegisters: false
  },
  modes: radix.modes,
  shadow: () => 'none',
  stage: pureStack
}
