/**
 * The counters of a lane, declared once. Engine, results, deltas and the window derive from this list.
 * A lane keeps them in a Float64Array in this order.
 */

interface CounterDefinition {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly meaning: string
}

const counter = <Id extends string>(id: Id, title: string, unit: string, meaning: string) =>
  ({ id, title, unit, meaning }) as const satisfies CounterDefinition

export const COUNTERS = [
  counter('references', 'References', 'references', 'fetches + loads + stores + splits'),
  counter('fetches', 'Fetches', 'records', 'instruction fetches of the stream'),
  counter('loads', 'Loads', 'records', 'reads of the stream; a read-modify-write is one load and one store'),
  counter('stores', 'Stores', 'records', 'writes of the stream'),
  counter('splits', 'Splits', 'references', 'second halves of accesses that cross a page'),
  counter('itlbMisses', 'ITLB misses', 'misses', 'first-level TLB misses of fetches'),
  counter('dtlbMisses', 'DTLB misses', 'misses', 'first-level TLB misses of loads and stores'),
  counter('stlbHits', 'STLB hits', 'hits', 'first-level misses answered by the shared second level'),
  counter('stlbMisses', 'STLB misses', 'misses', 'first-level misses that need a walk'),
  counter('walks', 'Walks', 'walks', 'successful page walks, one for each second-level TLB miss'),
  counter(
    'walkReferences',
    'Walk references',
    'references',
    'entries read by successful walks, parallel reads included, wasted references apart'
  ),
  counter(
    'walkCriticalReferences',
    'Critical references',
    'references',
    'longest dependent chain of reads, summed'
  ),
  counter('wastedReferences', 'Wasted references', 'references', 'reads of attempts that fell back to radix'),
  counter(
    'walkCycles',
    'Walk cycles',
    'cycles',
    'latency of successful walks before any overlap, wasted references included'
  ),
  counter('dmtWalks', 'DMT walks', 'walks', 'walks in which every layer was translated by its register'),
  counter('dmtWalkReferences', 'DMT walk references', 'references', 'entries read by DMT walks'),
  counter(
    'fallbackWalks',
    'Fallback walks',
    'walks',
    'walks in which at least one layer was walked as radix'
  ),
  counter('faultingWalks', 'Faulting walks', 'walks', 'walk attempts that ended in a fault'),
  counter(
    'faultingWalkReferences',
    'Faulting walk references',
    'references',
    'entries read by attempts that ended in a fault'
  ),
  counter(
    'faultingWalkCycles',
    'Faulting walk cycles',
    'cycles',
    'latency of attempts that ended in a fault'
  ),
  counter('wrongPathWalks', 'Wrong-path walks', 'walks', 'walks for loads that a mispredicted branch led to'),
  counter(
    'wrongPathReferences',
    'Wrong-path references',
    'references',
    'entries read by wrong-path walks, wasted ones among them'
  ),
  counter(
    'wrongPathFaults',
    'Wrong-path faults',
    'walks',
    'wrong-path walks that found no translation, which nobody is told'
  ),
  counter('pageFaults', 'Page faults', 'faults', 'faults handled by the innermost layer'),
  counter('eptViolations', 'EPT violations', 'faults', 'faults handled by a hypervisor'),
  counter(
    'nestedEptViolations',
    'Nested EPT violations',
    'faults',
    'EPT violations reflected to the guest hypervisor'
  ),
  counter('shadowFills', 'Shadow fills', 'entries', 'entries combined into a shadow table'),
  counter(
    'shadowExits',
    'Shadow exits',
    'exits',
    'exits for the sake of shadow tables, apart from EPT violations'
  ),
  counter('shadowSyncs', 'Shadow syncs', 'tables', 'guest tables let go, followed in a write, or read again'),
  counter(
    'shadowDrops',
    'Shadow drops',
    'entries',
    'entries of shadow tables dropped: a table behind them changed'
  ),
  counter('vmExits', 'VM exits', 'exits', 'transitions from a guest to the host hypervisor'),
  counter('hypercallExits', 'Hypercall exits', 'exits', 'VM exits by a call of a guest'),
  counter('eptViolationExits', 'EPT-violation exits', 'exits', 'VM exits by an EPT violation'),
  counter('resumeExits', 'Resume exits', 'exits', 'VM exits by the guest hypervisor’s resume of its guest'),
  counter('vmcsExits', 'VMCS exits', 'exits', 'VM exits by the guest hypervisor’s VMREAD and VMWRITE'),
  counter('reflectedExits', 'Reflected exits', 'exits', 'exits of L2 that L0 handed to the guest hypervisor'),
  counter('hypercalls', 'Hypercalls', 'calls', 'requests of a guest to the layer below'),
  counter('hypercallsL1', 'Hypercalls of L1', 'calls', 'requests of L1 to L0, those for L2 among them'),
  counter('hypercallsL2', 'Hypercalls of L2', 'calls', 'requests of L2 to L1'),
  counter(
    'hypercallsDenied',
    'Hypercalls denied',
    'calls',
    'requests for contiguous frames that were denied'
  ),
  counter('gteaViolations', 'gTEA violations', 'checks', 'gTEA checks that refused what a guest named'),
  counter('gteaFaults', 'gTEA faults', 'faults', 'general-protection faults that refused checks raised'),
  counter('gteaReclaims', 'gTEAs reclaimed', 'grants', 'grants that L0 took back'),
  counter('gteaMoves', 'gTEAs moved', 'grants', 'grants whose machine frames L0 exchanged for others'),
  counter(
    'eptRefusals',
    'Refused EPT violations',
    'faults',
    'EPT violations outside the memory of the guest'
  ),
  counter('balloonPages', 'Balloon pages', 'pages', 'guest frames given up to the hypervisor'),
  counter('balloonRefusals', 'Balloon refusals', 'pages', 'pages asked back that a guest could not give up'),
  counter('liveMigrations', 'Live migrations', 'migrations', 'moves of a VM to other machine frames'),
  counter('migrationRounds', 'Migration rounds', 'rounds', 'pre-copy rounds of live migrations'),
  counter('migrationPages', 'Migration pages', 'pages', 'pages copied by live migrations, in all rounds'),
  counter('downtimePages', 'Downtime pages', 'pages', 'pages copied while the guest stood still'),
  counter(
    'shootdowns',
    'TLB shootdowns',
    'shootdowns',
    'invalidations sent to every CPU of an address space'
  ),
  counter('mapMismatches', 'Map mismatches', 'accesses', 'accesses outside the memory map, which widened it'),
  counter('registerMatches', 'Register matches', 'matches', 'DMT registers that matched an address'),
  counter('falseMatches', 'False matches', 'matches', 'reads through a register that found no valid leaf'),
  counter('registerLoads', 'Register loads', 'loads', 'DMT registers written'),
  counter('teasCreated', 'TEAs created', 'TEAs', 'translation entry areas allocated'),
  counter(
    'teaSplits',
    'TEA splits',
    'splits',
    'times a TEA was asked for in two pieces because contiguity was missing'
  ),
  counter(
    'teaMigrations',
    'TEA migrations',
    'migrations',
    'times existing leaf tables were moved into a TEA'
  ),
  counter(
    'teaFallbacks',
    'TEA fallbacks',
    'refusals',
    'times a TEA, a piece or a growth of one was refused, so that ordinary tables serve'
  ),
  counter('teaExpansions', 'TEA expansions', 'expansions', 'times a TEA grew with its memory area'),
  counter('teaMerges', 'TEA merges', 'merges', 'times a TEA took a neighbouring memory area in'),
  counter('teaTrims', 'TEA trims', 'trims', 'times a TEA gave unused ends back'),
  counter('teasFreed', 'TEAs freed', 'TEAs', 'translation entry areas given back'),
  counter(
    'tablesOutside',
    'Tables outside TEAs',
    'tables',
    'leaf tables in ordinary frames, of areas that may have a TEA'
  ),
  counter(
    'tablesNoRegister',
    'Outside: no register',
    'tables',
    'of those, because every register was in use'
  ),
  counter('tablesNoSlot', 'Outside: no slot', 'tables', 'of those, because no area could be made or grow'),
  counter('tablesNoContiguity', 'Outside: no frames', 'tables', 'of those, for want of contiguous frames'),
  counter('tablesSlotTaken', 'Outside: slot taken', 'tables', 'of those, because their slot was in use'),
  counter('tablesIneligible', 'Ineligible tables', 'tables', 'leaf tables of areas that may have no TEA'),
  counter('registerDrops', 'Registers dropped', 'registers', 'DMT registers made invalid'),
  counter(
    'framesOffColour',
    'Frames off colour',
    'frames',
    'pages that got a frame of another colour than their own, for want of a free one'
  ),
  counter('pagesCopied', 'Pages copied', 'pages', 'page-table pages copied for a move'),
  counter('entriesRepointed', 'Entries repointed', 'entries', 'table entries pointed at a moved table page'),
  counter(
    'segmentsMade',
    'Table segments',
    'segments',
    'runs of guest frames for table pages that the host backs with 2 MiB pages'
  ),
  counter(
    'segmentBlocksSmall',
    'Segment blocks small',
    'blocks',
    '2 MiB of new segments that the host could not back with one page'
  ),
  counter(
    'tablesOutsideSegments',
    'Tables outside segments',
    'tables',
    'table pages of a HugeGPT guest in ordinary frames'
  ),
  counter(
    'nodesFolded',
    'Nodes folded',
    'nodes',
    '2 MiB nodes made that hold two levels of a flattened table'
  ),
  counter(
    'nodesUnfolded',
    'Nodes not folded',
    'nodes',
    'nodes kept as two levels, for want of 2 MiB frames or because of a huge page'
  ),
  counter('hashKicks', 'Hash kicks', 'lines', 'lines that an insertion pushed to another way'),
  counter('hashResizes', 'Hash resizes', 'resizes', 'times a cuckoo table began to grow'),
  counter('hashMoves', 'Hash moves', 'lines', 'lines moved to larger ways'),
  counter(
    'hashOverflows',
    'Hash overflows',
    'lines',
    'lines that found no place, so that their pages are walked as radix'
  ),
  counter('hashProbes', 'Hash probes', 'references', 'lines of cuckoo tables that walks read'),
  counter(
    'cuckooCacheHits',
    'Cuckoo-cache hits',
    'look-ups',
    'look-ups that the cuckoo walk caches answered'
  ),
  counter(
    'cuckooCacheMisses',
    'Cuckoo-cache misses',
    'look-ups',
    'look-ups that the cuckoo walk caches could not answer'
  ),
  counter(
    'cuckooTableReads',
    'Cuckoo walk-table reads',
    'references',
    'reads of cuckoo walk tables to fill the caches'
  ),
  counter('prefetches', 'Prefetches', 'references', 'entries prefetched beside a walk'),
  counter(
    'prefetchesUnused',
    'Prefetches unused',
    'references',
    'prefetched entries that the walk did not come to read'
  ),
  counter(
    'tablesNested',
    'Tables made nested',
    'tables',
    'guest tables that agile paging took out of its shadow'
  ),
  counter(
    'tablesShadowed',
    'Tables shadowed again',
    'tables',
    'guest tables that agile paging took back into its shadow'
  ),
  counter('rangeHits', 'Range-TLB hits', 'look-ups', 'translations of a layer that a range TLB answered'),
  counter(
    'rangeMisses',
    'Range-TLB misses',
    'look-ups',
    'translations of a layer that no range TLB entry covered'
  ),
  counter(
    'rangeTableReads',
    'Range-table reads',
    'references',
    'reads of range tables in the background, to fill a range TLB'
  ),
  counter(
    'eagerPages',
    'Eager pages',
    'pages',
    'pages mapped before they were touched, to make ranges longer'
  ),
  counter(
    'systemCalls',
    'System calls',
    'calls',
    'operations that processes asked of their operating system'
  ),
  counter('contextSwitches', 'Context switches', 'switches', 'changes of the process that a CPU runs'),
  counter(
    'copyOnWrites',
    'Copies on write',
    'pages',
    'shared pages copied when one of their processes wrote'
  ),
  counter('hugePromotions', 'Huge pages made', 'pages', 'runs of small pages that became one huge page'),
  counter('hugeSplits', 'Huge pages split', 'pages', 'huge pages that became small pages'),
  counter('pagesUnmapped', 'Pages unmapped', 'pages', 'pages whose mapping ended'),
  counter(
    'framesMigrated',
    'Frames migrated',
    'frames',
    'data frames whose contents moved to make room for contiguous ones'
  ),
  counter('pwcHits', 'Walk-cache hits', 'steps', 'steps answered by a page-walk cache'),
  counter(
    'ntlbHits',
    'Nested-TLB hits',
    'steps',
    'host translations of table pages answered by the nested TLB'
  ),
  counter('stepsL1', 'Steps from L1 cache', 'references', 'walk references that hit the L1 data cache'),
  counter('stepsL2', 'Steps from L2 cache', 'references', 'walk references that hit the L2 cache'),
  counter('stepsLlc', 'Steps from LLC', 'references', 'walk references that hit the last-level cache'),
  counter('stepsMemory', 'Steps from memory', 'references', 'walk references that went to memory'),
  counter(
    'dataL1',
    'Data from L1 cache',
    'accesses',
    'line accesses of the stream that hit the first-level cache'
  ),
  counter('dataL2', 'Data from L2 cache', 'accesses', 'line accesses of the stream that hit the L2 cache'),
  counter(
    'dataLlc',
    'Data from LLC',
    'accesses',
    'line accesses of the stream that hit the last-level cache'
  ),
  counter('dataMemory', 'Data from memory', 'accesses', 'line accesses of the stream that went to memory'),
  counter(
    'fetchL1',
    'Fetches from L1 cache',
    'accesses',
    'those of the line accesses that are fetches and hit the first-level cache'
  ),
  counter('fetchL2', 'Fetches from L2 cache', 'accesses', 'of those, fetches that hit the L2 cache'),
  counter('fetchLlc', 'Fetches from LLC', 'accesses', 'of those, fetches that hit the last-level cache'),
  counter('fetchMemory', 'Fetches from memory', 'accesses', 'of those, fetches that went to memory'),
  counter(
    'translationsChecked',
    'Translations checked',
    'references',
    'references whose frame was compared with its logical page'
  ),
  counter(
    'translationErrors',
    'Wrong translations',
    'references',
    'references that reached another page than their own'
  ),
  counter(
    'instructions',
    'Instructions',
    'instructions',
    'fetches of the stream, or the workload’s share where it has none'
  ),
  counter('instructionCycles', 'Instruction cycles', 'cycles', 'instructions x CPI'),
  counter('dataCycles', 'Data cycles', 'cycles', 'data latency beyond the L1 cache that nothing hides'),
  counter(
    'walkStallCycles',
    'Walk stall cycles',
    'cycles',
    'latency of walks, faulting ones among them, that nothing hides'
  ),
  counter(
    'softwareCycles',
    'Software cycles',
    'cycles',
    'faults, exits, hypercalls, shootdowns and TEA work'
  ),
  counter('totalCycles', 'Total cycles', 'cycles', 'instruction + data + walk stall + software cycles')
] as const

export type CounterId = (typeof COUNTERS)[number]['id']
export type Counters = Record<CounterId, number>

/** Position of each counter in a Float64Array of counters. */
export const COUNTER_INDEX = Object.fromEntries(COUNTERS.map((c, i) => [c.id, i])) as Record<
  CounterId,
  number
>

export const newCounters = (): Float64Array => new Float64Array(COUNTERS.length)

export const namedCounters = (values: ArrayLike<number>): Counters =>
  Object.fromEntries(COUNTERS.map((c, i) => [c.id, values[i] ?? 0])) as Counters

/** after - before for every counter; none can be forgotten. */
export const delta = (after: ArrayLike<number>, before: ArrayLike<number>): Float64Array =>
  Float64Array.from(COUNTERS, (_, i) => (after[i] ?? 0) - (before[i] ?? 0))
