/** What each kind of event is called in the Events tab. */
import { EVENT_KINDS, type EventKind } from '@shared/model/lab-event'

export const EVENT_TITLES: Record<EventKind, string> = {
  'page-fault': 'Page fault',
  'ept-violation': 'EPT violation',
  'nested-ept-violation': 'Nested EPT violation',
  'shadow-fill': 'Shadow fill',
  'tea-create': 'TEA created',
  'tea-split': 'TEA split',
  'tea-expand': 'TEA grown',
  'tea-merge': 'TEAs merged',
  'tea-migrate': 'Moved',
  'tea-trim': 'TEA trimmed',
  'tea-free': 'TEA freed',
  'tea-fallback': 'Fallback',
  hypercall: 'Hypercall',
  'gtea-grant': 'Granted',
  'gtea-deny': 'Denied',
  'gtea-revoke': 'Revoked',
  'gtea-reclaim': 'Reclaimed',
  'gtea-move': 'Grant moved',
  'gtea-violation': 'gTEA violation',
  'ept-refusal': 'EPT violation refused',
  balloon: 'Balloon',
  'live-migration': 'Live migration',
  'register-load': 'Registers loaded',
  'register-drop': 'Register dropped',
  'system-call': 'System call',
  'context-switch': 'Context switch',
  'copy-on-write': 'Copy on write',
  'huge-promote': 'Huge page made',
  'huge-split': 'Huge page split',
  'dmt-on': 'DMT on',
  'dmt-off': 'DMT off',
  'cooperation-on': 'Cooperation on',
  'cooperation-off': 'Cooperation off',
  'map-mismatch': 'Map mismatch',
  'out-of-memory': 'Out of memory'
}

/** What the domain's words mean, for a reader who meets them here first. */
export const EVENT_HELP: Record<EventKind, string> = {
  'page-fault': 'An access found no entry; the operating system maps the page',
  'ept-violation': 'A guest physical page had no machine frame; the host hypervisor maps one',
  'nested-ept-violation': 'The same one layer up: the host reflects it to the guest hypervisor',
  'shadow-fill': 'L0 combined two layers’ entries into its shadow table',
  'tea-create':
    'A translation entry area: leaf tables in one contiguous piece, so that a register can point to them',
  'tea-split': 'No piece was long enough, so the area was asked for in two',
  'tea-migrate': 'Existing leaf tables were copied into a contiguous area',
  'tea-expand': 'A memory area outgrew its TEA, which was made longer where it lies',
  'tea-merge': 'A TEA was made longer to serve a neighbouring memory area too',
  'tea-trim': 'Slots at an end that no memory area uses any more were given back',
  'tea-free': 'An area was given back',
  'tea-fallback': 'Contiguity or a register was missing; ordinary radix tables are used',
  hypercall: 'A guest asked the layer below for contiguous machine memory',
  'gtea-grant': 'The layer below gave a guest contiguous machine frames for its entries',
  'gtea-deny': 'No contiguous machine frames were to be had',
  'gtea-revoke': 'A guest’s grant has ended',
  'gtea-reclaim': 'L0 took contiguous frames back; the guest’s tables stay where it sees them',
  'gtea-move': 'L0 moved a grant to other machine frames; the guest notices nothing',
  'gtea-violation': 'A guest named a grant or pages that are not its own; its register is invalid',
  'ept-refusal': 'A guest’s entry named a page outside its memory; nothing was read',
  balloon: 'A hypervisor asked for frames of its guest, or gave them back',
  'live-migration': 'All memory of a VM moved to other machine frames while it ran',
  'register-load': 'A DMT register now says where an area’s entries lie',
  'register-drop': 'A DMT register no longer names an area',
  'system-call': 'A process asked its operating system for something',
  'context-switch': 'A CPU runs another process: root, tag and registers are loaded',
  'copy-on-write': 'A process wrote to a page it shared, and got a copy of its own',
  'huge-promote': 'Small pages were gathered into one huge page',
  'huge-split': 'A huge page became small pages again',
  'dmt-on': 'Walks ask the registers first',
  'dmt-off': 'Walks go to the radix tree at once; the areas stay, because they are its leaf tables',
  'cooperation-on': 'Guests ask the host for machine-contiguous areas',
  'cooperation-off': 'Each layer makes its areas alone',
  'map-mismatch': 'An access lay outside the memory map, which was widened',
  'out-of-memory': 'A layer had no frame left'
}

/** Kinds that occur, in the order of the model. */
export const kindsIn = (kinds: ReadonlySet<EventKind>): EventKind[] =>
  EVENT_KINDS.filter((kind) => kinds.has(kind))
