/** What this version of the lab offers; specs are resolved against it. */
import { PROFILES } from '@shared/profiles'
import { DESIGN_INFOS } from '../designs'
import { SCENARIOS } from '../scenarios'
import { WORKLOADS } from '../workloads'
import type { Offer } from './offer'

export const OFFER: Offer = {
  designs: DESIGN_INFOS,
  workloads: WORKLOADS.map(({ id, title, summary }) => ({ id, title, summary })),
  scenarios: SCENARIOS.map(({ id, scenario: { title, summary, cpus } }) => ({ id, title, summary, cpus })),
  profiles: PROFILES
}
