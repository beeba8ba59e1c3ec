/** What each kind of event is called in the Events tab. */
import { EVENT_KINDS, type EventKind } from '@shared/model/lab-event'

export const EVENT_TITLES: Record<EventKind, string> = {
  'page-fault': 'Page fault',
  'ept-violation': 'EPT violation',
  'nested-ept-violation': 'Nested EPT violation',
  'shadow-fill': 'Shadow fill',
  'tea-create': 'TEA created',
  'tea-split': 'TEA split',
  'tea-migrate': 'Moved',
  'tea-free': 'TEA freed',
  'tea-fallback': 'Fallback',
  hypercall: 'Hypercall',
  'gtea-grant': 'Granted',
  'gtea-deny': 'Denied',
  'gtea-revoke': 'Revoked',
  'register-load': 'Registers loaded',
  'dmt-on': 'DMT on',
  'dmt-off': 'DMT off',
  'cooperation-on': 'Cooperation on',
  'cooperation-off': 'Cooperation off',
  'map-mismatch': 'Map mismatch',
  'out-of-memory': 'Out of memory'
}

/** Kinds that occur, in the order of the model. */
export const kindsIn = (kinds: ReadonlySet<EventKind>): EventKind[] =>
  EVENT_KINDS.filter((kind) => kinds.has(kind))
