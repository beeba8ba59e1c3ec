/** What this version of the lab offers. */
import { PROFILES } from '@shared/profiles'
import { DESIGN_INFOS } from '../designs'
import { SCENARIOS } from '../scenarios'
import { TRACE_FORMATS } from '../traces'
import { WORKLOADS } from '../workloads'
import type { Offer } from './offer'

/** Specs are resolved against it. */
export const OFFER: Offer = {
  designs: DESIGN_INFOS,
  workloads: WORKLOADS.map(({ info }) => info),
  scenarios: SCENARIOS.map(({ id, scenario: { title, summary, cpus } }) => ({ id, title, summary, cpus })),
  profiles: PROFILES
}

export const TRACE_FORMAT_INFOS = TRACE_FORMATS.map(({ info }) => info)
