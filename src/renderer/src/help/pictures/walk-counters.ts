/** Pictures of counters about walks. */
import { cacheBox } from './draw-machine'
import { walkChain } from './draw-walk'
import { partsBar } from './draw-numbers'
import type { TermPicture } from './shapes'
import { CACHED, DMT_WALK, FALLBACK_WALK, FAULT, NESTED_HITS, WASTED } from './walks-of'

const chain = (isCounted: boolean, says: string): TermPicture =>
  walkChain({
    slots: [['1'], ['2', '3', '4'], ['5']],
    lit: (_, i) => isCounted || i === 0,
    foot: isCounted ? 'five reads' : 'three wait for one another',
    says
  })

const attempts = (whole: string): TermPicture =>
  partsBar({
    parts: [
      { word: 'successful', share: 7, fill: 'lane-a' },
      { word: 'ended in a fault', share: 2, fill: 'cy-soft' }
    ],
    lit: 1,
    whole,
    says: `${whole} as a bar: of successful walks, and of attempts that ended in a fault, which are marked.`
  })

const wrongPath = (says: string, foot: string): TermPicture =>
  walkChain({
    slots: [['branch'], ['right path', 'wrong path'], ['known']],
    lit: (slot, i) => slot === 1 && i === 1,
    foot,
    says
  })

export const WALK_COUNTERS: Record<string, TermPicture> = {
  walks: cacheBox({
    title: 'STLB',
    lit: [],
    asks: 'first-level miss',
    answers: 'one walk',
    isMiss: true,
    says: 'A miss of the second-level TLB leaves the box at the bottom: one walk.'
  }),
  walkReferences: chain(true, 'Five steps along time, three of them side by side: five references.'),
  walkCriticalReferences: chain(
    false,
    'Five steps along time; of three side by side one counts: the chain is three long.'
  ),
  wastedReferences: WASTED,
  walkCycles: walkChain({
    slots: [['L1 cache'], ['LLC'], ['memory']],
    foot: 'cycles of the steps, summed along time',
    says: 'Three steps along time, each answered by a slower level; their cycles add up.'
  }),
  dmtWalks: DMT_WALK,
  dmtWalkReferences: DMT_WALK,
  fallbackWalks: FALLBACK_WALK,
  faultingWalks: FAULT,
  faultingWalkReferences: attempts('References of walk attempts'),
  faultingWalkCycles: attempts('Cycles of walk attempts'),
  wrongPathWalks: wrongPath(
    'A branch leads to two paths; the walk of the wrong one is marked.',
    'a load on the wrong path walks too'
  ),
  wrongPathReferences: wrongPath(
    'A branch leads to two paths; what the wrong one reads is marked.',
    'what its walks read fills the caches'
  ),
  wrongPathFaults: wrongPath(
    'A branch leads to two paths; the wrong one finds no translation.',
    'no translation there, and nobody is told'
  ),
  pwcHits: CACHED,
  ntlbHits: NESTED_HITS,
  registerMatches: cacheBox({
    title: 'DMT registers',
    sets: 4,
    ways: 4,
    lit: [[1, 1]],
    asks: 'address',
    answers: 'match',
    says: 'Sixteen registers as a box; one covers the address, is filled, and answers.'
  }),
  falseMatches: cacheBox({
    title: 'DMT registers',
    sets: 4,
    ways: 4,
    lit: [[1, 1]],
    asks: 'address',
    answers: 'match, but no valid leaf',
    isMiss: true,
    says: 'A register covers the address, but the entry behind it is no valid leaf.'
  }),
  registerLoads: cacheBox({
    title: 'DMT registers',
    sets: 4,
    ways: 4,
    lit: [
      [0, 0],
      [0, 1],
      [0, 2]
    ],
    asks: 'kernel writes',
    answers: 'loaded',
    says: 'The system software writes three of sixteen registers.'
  }),
  registerDrops: cacheBox({
    title: 'DMT registers',
    sets: 4,
    ways: 4,
    lit: [[0, 3]],
    asks: 'kernel',
    answers: 'made invalid',
    isMiss: true,
    says: 'One of sixteen registers is made invalid.'
  }),
  hashProbes: walkChain({
    slots: [['hash'], ['way 1', 'way 2', 'way 3']],
    lit: (slot) => slot === 1,
    foot: 'each way read is one probe',
    says: 'After hashing, three ways are read side by side.'
  }),
  prefetches: walkChain({
    slots: [['level 4'], ['level 3', 'level 1 ahead'], ['level 2'], ['level 1']],
    lit: (_, i) => i === 1,
    foot: 'read beside the walk',
    says: 'A walk of four steps; beside the second one the last entry is already read ahead.'
  }),
  prefetchesUnused: walkChain({
    slots: [['level 4'], ['level 3', 'level 1 ahead'], ['level 2: huge page']],
    lit: (_, i) => i === 1,
    foot: 'the walk ends before it needs it',
    says: 'A walk ends at a huge page; the entry read ahead is not needed.'
  }),
  cuckooCacheHits: cacheBox({
    title: 'cuckoo walk cache',
    lit: [[2, 1]],
    asks: 'which way?',
    answers: 'way 2',
    says: 'The cuckoo walk cache knows in which way an entry lies.'
  }),
  cuckooCacheMisses: cacheBox({
    title: 'cuckoo walk cache',
    lit: [],
    asks: 'which way?',
    answers: 'not known: read all',
    isMiss: true,
    says: 'The cuckoo walk cache does not know the way; the look-up leaves at the bottom.'
  }),
  cuckooTableReads: cacheBox({
    title: 'cuckoo walk cache',
    lit: [[3, 0]],
    asks: 'walk table',
    answers: 'filled',
    says: 'An entry of a cuckoo walk table is read into the cache.'
  }),
  rangeHits: cacheBox({
    title: 'range TLB',
    sets: 4,
    ways: 1,
    lit: [[1, 0]],
    asks: 'address',
    answers: 'base + offset: no read',
    says: 'A range TLB of one column finds the range of the address and answers without a read.'
  }),
  rangeMisses: cacheBox({
    title: 'range TLB',
    sets: 4,
    ways: 1,
    lit: [],
    asks: 'address',
    answers: 'no range: walk',
    isMiss: true,
    says: 'A range TLB has no range for the address; the look-up becomes a walk.'
  }),
  rangeTableReads: walkChain({
    slots: [['miss'], ['walk', 'range table'], ['range TLB']],
    lit: (slot, i) => slot === 1 && i === 1,
    foot: 'read in the background',
    says: 'After a miss, beside the walk, a range table is read to fill the range TLB.'
  })
}
