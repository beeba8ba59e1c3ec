// Translation at no cost: the headroom that any design could gain.
import { ENVIRONMENTS } from '@shared/model/environment'
import type { TranslationDesign } from './design'
import { radix } from './radix'
import { pureStack } from './stages'

export const ideal: TranslationDesign = {
  info: {
    id: 'ideal',
    title: 'Ideal',
    summary:
      'The same tables are followed, but every walk is free: what is left when translation costs nothing.',
    paper: null,
    environments: ENVIRONMENTS,
    refusal: null,
    hasRegisters: false,
    story: {
      how: 'The tables of the radix design are there and are followed, but nothing of it costs anything or touches a cache: the headroom that any design could gain.',
      otherwise: 'Nothing can fail.',
      notes: ['Page faults and exits still cost what they cost under radix.']
    }
  },
  modes: radix.modes,
  shadow: () => 'none',
  stage: pureStack,
  isFree: true
}
