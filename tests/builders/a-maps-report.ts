import type { MapsReport } from '@shared/model/maps-report'

const MIB = 2 ** 20

const heap = { name: '[heap]', start: '0x1000000', bytes: 512 * MIB, areas: 1, slots: 257 }
const data = { name: '/var/lib/data', start: '0x7f0000000000', bytes: 128 * MIB, areas: 2, slots: 65 }
const rest = { name: '/usr/lib/libc.so.6', start: '0x7f4000000000', bytes: 2 * MIB, areas: 5, slots: 2 }

/** Of a process with two TEAs. */
export const aMapsReport: MapsReport = {
  schema: 'dmt-lab/maps@1',
  name: 'server.smaps',
  areas: 8,
  eligible: 2,
  clusters: 2,
  registersFor50Percent: 1,
  registersFor90Percent: 2,
  registersFor99Percent: 2,
  teaFrames: 322,
  largestTeaFrames: 257,
  bubbleFrames: 1,
  mappedBytes: 642 * MIB,
  coveredShare: 640 / 642,
  residentBytes: 300 * MIB,
  hugeBytes: 0,
  ignored: 1,
  teas: [heap, data],
  groups: [heap, data, rest],
  verdict: '2 registers would cover nearly all.'
}
