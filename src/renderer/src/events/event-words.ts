/** What each kind of event is called in the Events tab. */
import { EVENT_KINDS, type EventKind } from '@shared/model/lab-event'

export const EVENT_TITLES: Record<EventKind, string> = {
  'page-fault': 'Page fault',
  'ept-violation': 'EPT violation',
  'nested-ept-violation': 'Nested EPT violation',
  'shadow-fill': 'Shadow fill',
  'shadow-sync': 'Shadow sync',
  'shadow-drop': 'Shadow drop',
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
  'shadow-fill': 'Entries of several layers were combined into one of a shadow table',
  'shadow-sync': 'A guest wrote a table that a shadow table stands for, or flushed what it had written',
  'shadow-drop': 'A table behind a shadow table changed, so entries of the shadow were dropped',
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
