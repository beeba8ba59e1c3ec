/** The first tour: each step is a part of the window, named by what it is called there, and one or two sentences. */
import type { Tab } from '@renderer/stores/view'

export interface TourStep {
  readonly id: string
  readonly title: string
  readonly text: string
  /** Where the part is; the step stands in the middle where it is not on the screen. */
  readonly anchor: string
  /** The tab that has to be on show; null leaves the one that is. */
  readonly tab: Tab | null
  /** It speaks of what the set-up shows only unfolded. */
  readonly needsSetup?: boolean
}

export const TOUR_STEPS: readonly TourStep[] = [
  {
    id: 'stack',
    title: 'The stack',
    text: 'These layers translate, the innermost on top, the hardware at the bottom. The controls of Set-up, below this picture, decide what runs.',
    anchor: '[aria-label="Stack of this experiment"]',
    tab: null,
    needsSetup: true
  },
  {
    id: 'lane-a',
    title: 'Lane A',
    text: 'A lane is one design on a machine of its own. A is the baseline that the others are compared with.',
    anchor: '[aria-label="Lane A"]',
    tab: 'Live'
  },
  {
    id: 'lane-b',
    title: 'Lane B',
    text: 'B gets the same accesses with another design. Its switch turns DMT registers off and on while the lanes run, where the design has them.',
    anchor: '[aria-label="Lane B"]',
    tab: 'Live'
  },
  {
    id: 'comparison',
    title: 'Comparison',
    text: 'How much faster a page walk is in B, and the whole program. Press a word such as Page-walk speedup for its formula.',
    anchor: '[aria-label="Comparison"]',
    tab: 'Live'
  },
  {
    id: 'run',
    title: 'Run and step',
    text: 'Run goes on until you pause. The three beside it step: back, one access on, and one reference on inside a walk.',
    anchor: '[aria-label="Transport"]',
    tab: 'Live'
  },
  {
    id: 'charts',
    title: 'Charts',
    text: 'Five measures over the same references. Point at one to read both lanes there; each has its table.',
    anchor: '.charts',
    tab: 'Live'
  },
  {
    id: 'walk',
    title: 'Walk',
    text: 'One walk, step by step, in both lanes. From cold shows it with empty caches.',
    anchor: '#view',
    tab: 'Walk'
  },
  {
    id: 'memory',
    title: 'Memory',
    text: 'Where the tables lie: areas, registers, entry areas and frames of every layer, as one picture.',
    anchor: '#view',
    tab: 'Memory'
  },
  {
    id: 'help',
    title: 'Help',
    text: 'Every term and number has a page with a picture. Start here goes from page tables to pvDMT; the tour is here again.',
    anchor: '[aria-label="First steps"]',
    tab: 'Help'
  }
]
