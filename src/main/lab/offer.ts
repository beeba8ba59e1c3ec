import type { Catalogue } from '@shared/model/catalogue'

/** What a spec can name: the designs, workloads, scenarios and hardware profiles there are. */
export type Offer = Pick<Catalogue, 'designs' | 'workloads' | 'scenarios' | 'profiles'>
