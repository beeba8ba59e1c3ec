/**
 * Where the window shows which number. Every number on a screen stands here, so that its definition can be followed
 * and the definition can say where to look.
 */
export interface Shown {
  /** Its page in Help. */
  readonly id: string
  readonly where: string
}

const at = (where: string, ...names: string[]): Shown[] =>
  names.map((name) => ({ id: `number/${name}`, where }))

export const SHOWN: readonly Shown[] = [
  ...at('tiles of a lane', 'walks', 'referencesPerWalk', 'cyclesPerWalk', 'walkOverhead'),
  ...at('lines below the tiles of a lane', 'dmtCoverage', 'walksPerKiloReference'),
  ...at(
    'Comparison',
    'pageWalkSpeedup',
    'applicationSpeedup',
    'memoryOverhead',
    'totalCycles',
    'walkStallCycles',
    'dataCycles',
    'instructionCycles',
    'softwareCycles',
    'translationsChecked',
    'translationErrors',
    'cyclesPerWalk',
    'walkOverhead',
    'translationBytes',
    'compared'
  ),
  ...at('Comparison, Formula', 'formulaCycles', 'formulaSpeedup', 'cyclesPerWalk', 'walkOverhead'),
  ...at(
    'charts of Live and their tables',
    'walksPerKiloReference',
    'referencesPerWalk',
    'cyclesPerWalk',
    'walkOverhead',
    'pageWalkSpeedup',
    'applicationSpeedup',
    'reference'
  ),
  ...at(
    'Where walk steps hit',
    'hitShare',
    'pwcHits',
    'ntlbHits',
    'stepsL1',
    'stepsL2',
    'stepsLlc',
    'stepsMemory'
  ),
  ...at('Frames by owner, in Memory', 'frameShare', 'longestFreeRun'),
  ...at('Mapped bytes a register covers, in Memory', 'coveredBytes'),
  ...at('Try fragmentation', 'coveredBytes', 'longestFreeRun', 'requests'),
  ...at(
    'Walks of Live',
    'walkCyclesOfOne',
    'walkCyclesMedian',
    'walkCycles99',
    'walks',
    'walkShare',
    'hitShare'
  ),
  ...at('Slowest walks', 'walk', 'walkCyclesOfOne'),
  ...at(
    'Walk',
    'walk',
    'reference',
    'n',
    'cycles',
    'cyclesSoFar',
    'walkCyclesOfOne',
    'speedupOfOne',
    'referencesOfOne',
    'entry',
    'address',
    'index',
    'walkCriticalReferences',
    'wastedReferences'
  ),
  ...at('Events', 'events', 'eventCycles', 'reference'),
  ...at('status bar', 'seed', 'referencesPerSecond', 'progress'),
  ...at('stack of the set-up', 'tlbEntries', 'pwcEntries'),
  ...at(
    'preview of a trace',
    'records',
    'fetches',
    'loads',
    'stores',
    'splits',
    'pages4K',
    'regions2M',
    'areas'
  ),
  ...at(
    'memory maps',
    'areas',
    'eligible',
    'clusters',
    'registersFor99Percent',
    'teaFrames',
    'mappedBytes',
    'residentBytes',
    'hugeBytes',
    'largestTeaFrames',
    'bubbleFrames',
    'coveredShare'
  )
]

/** Places that show it, each once. */
export const placesOf = (id: string): string[] => [
  ...new Set(SHOWN.filter((shown) => shown.id === id).map(({ where }) => where))
]
