/** The picture of every term, counter, ratio and other number of Help, by its id. */
import { DESIGN_COUNTERS } from './design-counters'
import { DESIGN_TERMS } from './design-terms'
import { EXPERIMENT_TERMS } from './experiment-terms'
import { HARDWARE_TERMS } from './hardware-terms'
import { NUMBER_PICTURES } from './number-pictures'
import type { TermPicture } from './shapes'
import { SOFTWARE_COUNTERS } from './software-counters'
import { SPACE_TERMS } from './space-terms'
import { STREAM_COUNTERS } from './stream-counters'
import { SYSTEM_TERMS } from './system-terms'
import { WALK_COUNTERS } from './walk-counters'

const TERMS: Record<string, TermPicture> = {
  ...SPACE_TERMS,
  ...HARDWARE_TERMS,
  ...SYSTEM_TERMS,
  ...DESIGN_TERMS,
  ...EXPERIMENT_TERMS
}
const NUMBERS: Record<string, TermPicture> = {
  ...STREAM_COUNTERS,
  ...WALK_COUNTERS,
  ...SOFTWARE_COUNTERS,
  ...DESIGN_COUNTERS,
  ...NUMBER_PICTURES
}

/** A term and a number may bear one name: `walk` is what hardware does, and which of a lane's walks is meant. */
export const pictureOf = (id: string, kind: 'term' | 'number'): TermPicture | undefined =>
  (kind === 'term' ? TERMS : NUMBERS)[id]
