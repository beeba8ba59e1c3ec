import { labSpecSchema } from './spec'

/** What decides who gets a TEA when a memory map is read; docs/parameters.md has the sources. */
export interface MapsRules {
  /** Least size of an area with a TEA. */
  readonly minVmaMiB: number
  /** Percent of the slots of a TEA that may serve no area. */
  readonly bubblePercent: number
  /** DMT registers of a CPU. */
  readonly registers: number
}

const tea = labSpecSchema.shape.tea.parse(undefined)
const dmt = labSpecSchema.shape.dmt.parse(undefined)

/** What the emulated kernel goes by unless a spec says otherwise. */
export const DEFAULT_MAPS_RULES: MapsRules = {
  minVmaMiB: tea.minVmaMiB,
  bubblePercent: 100 - tea.mergeOccupancy,
  registers: dmt.registers
}
