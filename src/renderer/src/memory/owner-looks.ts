/** How an owner of frames is named and drawn: a word, a letter and a pattern, so that nothing is told by hue alone. */
import { FRAME_OWNER_TITLE, FRAME_OWNERS, type FrameOwner } from '@shared/model/memory-look'

export interface OwnerLook {
  readonly owner: FrameOwner
  readonly title: string
  readonly letter: string
  /** One sentence: what lies in such frames. */
  readonly meaning: string
}

const LOOKS: Record<FrameOwner, Pick<OwnerLook, 'letter' | 'meaning'>> = {
  free: { letter: 'F', meaning: 'Nobody uses them.' },
  data: {
    letter: 'D',
    meaning: 'Pages of what runs above. To a hypervisor all memory of its guest is data.'
  },
  table: { letter: 'T', meaning: 'Table pages of the radix tree outside any TEA.' },
  tea: { letter: 'E', meaning: 'Slots of translation entry areas of the layer’s own: leaf tables in a row.' },
  gtea: {
    letter: 'G',
    meaning: 'Translation entry areas of a guest, which L0 holds for it in contiguous frames.'
  },
  design: { letter: 'O', meaning: 'What the design keeps beside ordinary tables.' },
  hypervisor: { letter: 'H', meaning: 'Shadow tables, and in a guest what the balloon holds.' },
  pinned: {
    letter: 'P',
    meaning: 'Load that never moves, put in by the fragmentation of the set-up, and frame 0.'
  }
}

/** In the order of FRAME_OWNERS, which the numbers of a cell have too. */
export const OWNER_LOOKS: readonly OwnerLook[] = FRAME_OWNERS.map((owner) => ({
  owner,
  title: FRAME_OWNER_TITLE[owner],
  ...LOOKS[owner]
}))
