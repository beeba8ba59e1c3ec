/** What the numbers of a memory map come to, in a sentence or two. */
import { counted } from '@shared/format/counted'
import { formatCount } from '@shared/format/number'
import { formatBytes } from '@shared/format/quantity'
import type { MapsReport } from '@shared/model/maps-report'

type Numbers = Omit<MapsReport, 'verdict'>

/** Below it a second-level TLB of 1,536 entries maps most of what a process uses at once. */
const SMALL = 64 * 2 ** 20
const MOST = 0.9

const percent = (share: number): string => `${(100 * share).toFixed(share > 0.995 || share < 0.01 ? 1 : 0)} %`

const registers = (count: number): string =>
  count === 1 ? 'One register' : `${formatCount(count)} registers`

export function verdictOf(report: Numbers, registersAtHand: number, thresholdMiB: number): string {
  const { eligible, clusters, coveredShare, mappedBytes } = report
  if (eligible === 0)
    return `No area reaches ${thresholdMiB} MiB, so none gets a TEA: every walk stays an ordinary one.${small(mappedBytes)}`
  const used = Math.min(clusters, registersAtHand)
  const covers = `${registers(used)} would cover ${percent(coveredShare)} of the mapped bytes.`
  if (clusters > registersAtHand)
    return `${covers} ${counted(clusters - used, 'more TEA finds', 'more TEAs find')} no register: what they map is walked as always.`
  return coveredShare >= MOST
    ? `${covers} With pvDMT a walk of one of those pages reads one entry in each layer; how often the program walks, only a trace tells.`
    : `${covers} The rest lies in areas below ${thresholdMiB} MiB and is walked as always.`
}

const small = (bytes: number): string => (bytes < SMALL ? ` It maps ${formatBytes(bytes)} in all.` : '')
