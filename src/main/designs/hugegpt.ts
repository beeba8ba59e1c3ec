// HugeGPT: guest table pages lie in memory that the host backs with 2 MiB pages, so finding one takes a level less.
import { SegmentSupport } from '../software/segments/segment-support'
import type { TranslationDesign } from './design'
import { radix } from './radix'
import { pureStack } from './stages'

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
      how: 'The guest’s table pages come from segments: runs of its frames of 2 MiB or a multiple, of 1 % of its memory, which the host has been asked to back with 2 MiB pages by two hypercalls, one to map what nothing backs yet and one to gather what small pages back. The walk is the ordinary two-dimensional one, but each guest table is found by 3 reads of the host’s table and not by 4: 4 x (3 + 1) + 4 = 20.',
      otherwise:
        'Without so long a run of guest frames a segment is a half, a quarter, down to 2 MiB; without any, or after a call that was refused, further table pages are ordinary frames. Where the host has no 2 MiB frames it backs that part of a segment with small pages, and walks are as long as they were.',
      notes: [
        'Size of a segment, the two calls (REQ_MAP, REQ_GATHER), the list of free slots, growth when it is empty and its end at the first failed call: xlab-uiuc/hugegpt-linux, mm/hugegpt.c.',
        'The root lies in a segment too, as the paper’s counts have it; the published kernel leaves it out (hugegpt.root).',
        'One list serves all processes of the guest, and table pages kept for splits of huge pages lie in segments as well: assumed.',
        'Segments are never given back, and a run that was not to be had is asked for again when 2 MiB more of the guest are free than then: assumed.',
        'The host treats segments like other memory afterwards: a live migration or compaction may move them, and split what finds no contiguity at its new place.'
      ]
    }
  },
  modes: radix.modes,
  shadow: () => 'none',
  support: (scene) => (scene.layer.isInnermost ? new SegmentSupport(scene) : null),
  stage: pureStack
}
