// HugeGPT: guest table pages lie in memory that the host backs with 2 MiB pages, so finding one takes a level less.
import type { TranslationDesign } from './design'
import { radix } from './radix'
import { pureStack } from './stages'
import { SegmentSupport } from '../software/segments/segment-support'

export const hugegpt: TranslationDesign = {
  info: {
    id: 'hugegpt',
    title: 'HugeGPT',
    summary:
      'The guest keeps its table pages in segments that the host backs with 2 MiB pages, so the host’s part of a walk is shorter; hardware is as it is.',
    paper: 'Jia et al., PACT 2023',
    environments: ['virtualized'],
    refusal:
      'guest tables are to lie in huge pages of the host: natively there is no host, and it is published for one layer of guests',
    hasRegisters: false,
    story: {
      how: '',
      otherwise: '',
      notes: []
    }
  },
  modes: radix.modes,
  shadow: () => 'none',
  support: (scene) => (scene.layer.isInnermost ? new SegmentSupport(scene) : null),
  stage: pureStack
}
