/** What a process would gain from DMT, read from its memory map alone: schema dmt-lab/maps@1. */

/** Memory areas that one register would cover. */
export interface AreaCluster {
  /** Of its largest area. */
  readonly name: string
  /** First address, hexadecimal. */
  readonly start: string
  /** Mapped bytes of its areas; what lies between them is not counted. */
  readonly bytes: number
  readonly areas: number
  /** Table pages of its TEA: 4 KiB frames that must be contiguous. */
  readonly slots: number
}

export interface MapsReport {
  readonly schema: 'dmt-lab/maps@1'
  /** Of the file, without its folder. */
  readonly name: string
  /** Areas that a program can reach. */
  readonly areas: number
  /** Those at least as large as the threshold for a TEA. */
  readonly eligible: number
  /** TEAs of the eligible areas, neighbours merged. */
  readonly clusters: number
  /**
   * Fewest registers that cover this share of the mapped bytes, each with a cluster of areas of any size; compare with
   * the number of registers, 16.
   */
  readonly registersFor50Percent: number
  readonly registersFor90Percent: number
  readonly registersFor99Percent: number
  /** Frames of the TEAs of all eligible clusters, for 4 KiB pages. */
  readonly teaFrames: number
  /** The longest run of contiguous frames among them. */
  readonly largestTeaFrames: number
  /** Slots of them that no area needs. */
  readonly bubbleFrames: number
  readonly mappedBytes: number
  /** Share of the mapped bytes that TEAs and the registers at hand cover. */
  readonly coveredShare: number
  /** In memory, and in huge pages, where the file says so (smaps). */
  readonly residentBytes: number | null
  readonly hugeBytes: number | null
  /** Areas of the file that no access of the program reaches. */
  readonly ignored: number
  /** The TEAs, largest first; at most 64. */
  readonly teas: readonly AreaCluster[]
  /** Clusters of areas of any size, largest first: what registers would cover one after the other; at most 64. */
  readonly groups: readonly AreaCluster[]
  readonly verdict: string
}

/** A file that is no memory map, or a damaged one. */
export interface MapsProblem {
  readonly name: string
  readonly problem: string
}

/** Several processes: schema dmt-lab/maps-folder@1. */
export interface MapsFolder {
  readonly schema: 'dmt-lab/maps-folder@1'
  readonly processes: readonly (MapsReport | MapsProblem)[]
  /** Files of the folder that do not begin as a memory map. */
  readonly skipped: number
}

export const isMapsProblem = (one: MapsReport | MapsProblem): one is MapsProblem => 'problem' in one
