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
    hasRegisters: false,
    story: {
      how: 'All three layers’ tables are walked in hardware: each of L2’s tables is found by a two-dimensional walk of the layers below, 5 x 5 x 5 - 1 = 124 reads. No processor does this; it is what EPT02 spares.',
      otherwise: 'It needs nothing but memory for tables.',
      notes: ['An upper bound: no published hardware walks three dimensions.']
    }
  },
  modes: radix.modes,
  shadow: () => 'none',
  stage: pureStack
}
