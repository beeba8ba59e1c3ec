/** The examples of the first screen, in the order in which a newcomer would ask. */
import type { Draft } from '@renderer/stores/setup'
import type { Example, NextLink, SliderGuess } from './example'
import * as reveal from './reveals'

const MIB = 2 ** 20
const GIB = 2 ** 30

/** Questions about one walk: every access is a load that walks, no fetch of an uncovered page comes before it. */
const ONE_WALK: Partial<Draft> = {
  workload: 'pointer-chase',
  footprint: 256 * MIB,
  references: 100_000,
  warmup: 0
}

const TEA_LINK: NextLink = { word: 'What a TEA is', to: 'term/tea' }
const START_LINK: NextLink = { word: 'From page tables to pvDMT', to: 'page/start' }

const faster = (text: string): Example['guess'] => ({
  kind: 'slider',
  text,
  unit: 'times',
  low: 1,
  high: 3,
  step: 0.1,
  measured: reveal.pageWalk,
  hides: ['cyclesPerWalk']
})
const readsOfOneWalk = (asked: Pick<SliderGuess, 'text' | 'high' | 'measured' | 'of'>): SliderGuess => ({
  kind: 'slider',
  unit: 'references',
  low: 1,
  step: 1,
  ...asked
})

export const EXAMPLES: readonly Example[] = [
  {
    id: 'walk',
    title: 'Why can one miss cost 24 references?',
    text: 'Step through a two-dimensional walk beside the two-step path, one reference at a time.',
    tab: 'Walk',
    where: 'Virtualized',
    setup: ONE_WALK,
    guess: readsOfOneWalk({
      text: 'Such a walk reads 24 entries, nothing cached. How many of them lie in the host’s tables?',
      high: 24,
      measured: reveal.hostReads,
      of: 'in the host’s tables'
    }),
    reveal: reveal.revealWalk,
    next: [START_LINK, TEA_LINK, { word: 'What a 2-D walk is', to: 'term/1-d-2-d-3-d-walk' }],
    lecture:
      'Let them count before they see the grid: which addresses in a guest walk are guest-physical? Then ask how many reads five levels take, and check with --levels 5 on the command line.'
  },
  {
    id: 'help',
    title: 'What does the guest’s help save?',
    text: 'DMT beside pvDMT, one walk from cold: which of the reads is the one that cooperation removes?',
    tab: 'Walk',
    where: 'DMT beside pvDMT',
    setup: { ...ONE_WALK, lanes: ['dmt', 'pvdmt'] },
    guess: {
      kind: 'choice',
      text: 'A register in each of two layers says where the leaf tables lie. How many entries does plain DMT read?',
      unit: 'references',
      choices: [1, 2, 3, 4, 8],
      measured: reveal.walkReferences,
      of: 'by plain DMT'
    },
    reveal: reveal.revealHelp,
    next: [{ word: 'What a gTEA is', to: 'term/gtea' }, { word: 'Events', to: 'Events' }, START_LINK],
    lecture:
      'Whose address space does the base in a guest’s register belong to? What would go wrong if the guest could write a machine address there itself?'
  },
  {
    id: 'live',
    title: 'How much of a walk does DMT take away?',
    text: 'Run both, then switch DMT off and on while the lanes keep going.',
    tab: 'Live',
    where: 'GUPS, 1 GiB',
    // Long enough that there is time to switch DMT off and on.
    setup: { references: 40_000_000 },
    guess: faster('How many times faster is a page walk with pvDMT?'),
    reveal: reveal.revealLive,
    next: [
      { word: 'Walk', to: 'Walk' },
      { word: 'Page-walk speedup', to: 'number/pageWalkSpeedup' },
      { word: 'Fallback', to: 'term/fallback' }
    ],
    lecture:
      'A saves most of its references by caches, B by registers. Why is the gain in cycles not the gain in references? Switch DMT off in lane B and let them explain the line.'
  },
  {
    id: 'caches',
    title: 'What do walk caches already save?',
    text: 'From cold a walk reads every entry. This machine has walk caches and a nested TLB, and uses them.',
    tab: 'Live',
    where: 'GUPS, 1 GiB',
    setup: {},
    guess: {
      kind: 'slider',
      text: 'With warm walk caches, how many entries does a radix walk still read?',
      unit: 'references',
      low: 1,
      high: 24,
      step: 0.5,
      measured: reveal.referencesPerWalk,
      hides: ['referencesPerWalk']
    },
    reveal: reveal.revealCaches,
    next: [
      { word: 'Walk', to: 'Walk' },
      { word: 'Page-walk cache', to: 'term/page-walk-cache' },
      { word: 'Nested TLB', to: 'term/nested-tlb' }
    ],
    lecture:
      'Which of the 24 cells can a cache of a few dozen entries hold, and which not? Compare As it ran and From cold in Walk.'
  },
  {
    id: 'fragmented',
    title: 'What is left when memory is fragmented?',
    text: 'Entry areas need free frames in a row. Here most of the free memory is in pieces.',
    tab: 'Live',
    where: 'Fragmentation 90 %',
    setup: { fragmentation: 0.9 },
    guess: {
      kind: 'slider',
      text: 'With memory 90 % fragmented, what share of walks do registers still serve?',
      unit: 'share',
      low: 0,
      high: 1,
      step: 0.05,
      measured: reveal.coverage,
      hides: ['referencesPerWalk']
    },
    reveal: reveal.revealFragmented,
    next: [
      { word: 'Memory', to: 'Memory' },
      { word: 'Events', to: 'Events' },
      { word: 'When it falls back', to: 'term/fallback' }
    ],
    lecture:
      'What does an operating system do when it needs eight frames in a row and has eight single ones? Who pays for it, and when? Try Fragmentation 100 %.'
  },
  {
    id: 'huge',
    title: 'Do huge pages make DMT unnecessary?',
    text: 'The same accesses with 2 MiB pages in guest and host, in both lanes.',
    tab: 'Live',
    where: '2 MiB pages, 16 GiB',
    setup: { pageSize: '2M', hostPageSize: '2M', footprint: 16 * GIB },
    guess: faster('With 2 MiB pages everywhere, how many times faster is a page walk with pvDMT?'),
    reveal: reveal.revealHuge,
    next: [
      { word: 'Reach', to: 'term/reach' },
      { word: 'THP', to: 'term/thp' },
      { word: 'Walk', to: 'Walk' }
    ],
    lecture:
      'How much memory do the TLB’s entries reach with 2 MiB pages? At which footprint would a walk become rare? Try 1 GiB and 64 GiB.'
  },
  {
    id: 'nested',
    title: 'Does a third layer add or multiply?',
    text: 'A guest inside a guest: every layer is walked in lane A, every layer has a register in lane B.',
    tab: 'Walk',
    where: 'Nested',
    setup: { ...ONE_WALK, environment: 'nested', lanes: ['radix-3d', 'pvdmt'] },
    guess: readsOfOneWalk({
      text: 'Two layers take 24 reads. How many does a walk take when a guest runs inside a guest?',
      high: 200,
      measured: reveal.walkReferences
    }),
    reveal: reveal.revealNested,
    next: [
      { word: 'Shadow EPT', to: 'term/shadow-ept' },
      { word: 'Radix, three dimensions', to: 'design/radix-3d' }
    ],
    lecture:
      'Write the count as a recurrence over the layers. Why do hypervisors fold two layers into a shadow EPT, and what does that cost instead?'
  },
  {
    id: 'headroom',
    title: 'What is the most that better translation can give?',
    text: 'Radix beside a machine on which translation costs nothing: the bound for every design.',
    tab: 'Live',
    where: 'Radix beside Ideal',
    setup: { lanes: ['radix', 'ideal'] },
    guess: {
      kind: 'slider',
      text: 'How many times faster would the whole program be if translation cost nothing?',
      unit: 'times',
      low: 1,
      high: 5,
      step: 0.1,
      measured: reveal.application,
      hides: ['walkOverhead']
    },
    reveal: reveal.revealHeadroom,
    next: [
      { word: 'Walk overhead', to: 'number/walkOverhead' },
      { word: 'Application speedup', to: 'number/applicationSpeedup' }
    ],
    lecture:
      'From the walk overhead alone, what is the largest speedup? Compare it with the measured one. Which share of it does pvDMT reach?'
  },
  {
    id: 'isolation',
    title: 'Can a guest read another’s entries?',
    text: 'Name an area that is not yours and see what becomes of the register.',
    tab: 'Memory',
    section: 'Cooperation',
    where: 'A guest in a guest',
    setup: { ...ONE_WALK, environment: 'nested', lanes: ['radix-3d', 'pvdmt'] },
    guess: null,
    reveal: reveal.revealIsolation,
    next: [
      { word: 'gTEA check', to: 'term/gtea-check' },
      { word: 'gTEA table', to: 'term/gtea-table' }
    ],
    lecture: 'Why does a register hold a number and not a machine address? Who could forge what otherwise?'
  },
  {
    id: 'trace',
    title: 'What would a program of your own gain?',
    text: 'Record it, choose the file with its memory map, and run it in both lanes.',
    tab: 'Live',
    where: 'Lackey and others',
    isOwnTrace: true,
    setup: {},
    guess: {
      kind: 'slider',
      text: 'How many times faster will your whole program be with pvDMT?',
      unit: 'times',
      low: 1,
      high: 2,
      step: 0.05,
      measured: reveal.application,
      hides: ['referencesPerWalk', 'cyclesPerWalk', 'walkOverhead']
    },
    reveal: reveal.revealTrace,
    next: [
      { word: 'Recording traces', to: 'page/recording' },
      { word: 'Application speedup', to: 'number/applicationSpeedup' },
      { word: 'Walk overhead', to: 'number/walkOverhead' }
    ],
    lecture:
      'Whose program misses the TLB most, and why? Let everyone bring a trace and order them by walk overhead before you run them.'
  }
]
