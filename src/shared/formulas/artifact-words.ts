/** What a file of the artifact is, in words. */
import { formatCount, formatFixed, formatShare } from '../format/number'
import type { ArtifactContent } from '../model/paper-tools'

const OF = { guest: ' of a guest or native OS', host: ' of a host' } as const

export function artifactWords(content: ArtifactContent): string {
  switch (content.kind) {
    case 'histogram':
      return `Histogram, ${content.environment}, ${formatCount(content.walks)} walks in ${formatCount(content.patterns)} patterns`
    case 'perf':
      return `Perf counts, ${formatShare(content.walkOverhead)} walk overhead, ${formatFixed(content.cyclesPerWalk, 1)} cycles per walk measured`
    case 'dump': {
      const of = content.role === null ? '' : OF[content.role]
      const holds = content.seemsFrameNumbers ? 'frame numbers' : 'byte addresses'
      return `Page-table dump${of}, ${formatCount(content.pages)} pages, seems to hold ${holds}`
    }
    case 'trace':
      return `Trace, ${formatCount(content.records)} records of 8 bytes`
    case 'other':
      return 'None of the paper’s tools’, left out'
  }
}
