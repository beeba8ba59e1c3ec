/** How an owner of frames is named and drawn: a word, a sentence, and a pattern in memory-patterns.vue, so that nothing is told by hue alone. */
import { FRAME_OWNER_TITLE, FRAME_OWNERS, type FrameOwner } from '@shared/model/physical-map'

export interface OwnerLook {
  readonly owner: FrameOwner
  readonly title: string
  /** One sentence: what lies in such frames. */
  readonly meaning: string
}

const LOOKS: Record<FrameOwner, Pick<OwnerLook, 'meaning'>> = {
  free: { meaning: 'Nobody uses them.' },
  data: {
    meaning: 'Pages of what runs above. To a hypervisor all memory of its guest is data.'
  },
  table: { meaning: 'Table pages of the radix tree outside any TEA.' },
  tea: { meaning: 'Slots of translation entry areas of the layer’s own: leaf tables in a row.' },
  gtea: {
    meaning: 'Translation entry areas of a guest, which L0 holds for it in contiguous frames.'
  },
  design: { meaning: 'What the design keeps beside ordinary tables.' },
  hypervisor: { meaning: 'Shadow tables, and in a guest what the balloon holds.' },
  pinned: {
    meaning: 'Load that never moves, put in by the fragmentation of the set-up, and frame 0.'
  }
}

/** In the order of FRAME_OWNERS, which the numbers of a cell have too. */
export const OWNER_LOOKS: readonly OwnerLook[] = FRAME_OWNERS.map((owner) => ({
  owner,
  title: FRAME_OWNER_TITLE[owner],
  ...LOOKS[owner]
}))
