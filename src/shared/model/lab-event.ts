/** What the system software did, for the Events tab and the log: one row an event. */
import type { LayerName } from './environment'

export const EVENT_KINDS = [
  'page-fault',
  'ept-violation',
  'nested-ept-violation',
  'shadow-fill',
  'shadow-sync',
  'shadow-drop',
  'tea-create',
  'tea-split',
  'tea-expand',
  'tea-merge',
  'tea-migrate',
  'tea-trim',
  'tea-free',
  'tea-fallback',
  'hypercall',
  'gtea-grant',
  'gtea-deny',
  'gtea-revoke',
  'gtea-reclaim',
  'gtea-move',
  'gtea-violation',
  'ept-refusal',
  'balloon',
  'live-migration',
  'register-load',
  'register-drop',
  'system-call',
  'context-switch',
  'copy-on-write',
  'huge-promote',
  'compaction',
  'huge-split',
  'segment',
  'segment-fallback',
  'node-unfold',
  'hash-resize',
  'hash-overflow',
  'agile-switch',
  'range-eager',
  'dmt-on',
  'dmt-off',
  'cooperation-on',
  'cooperation-off',
  'map-mismatch',
  'out-of-memory'
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export interface LabEvent {
  /** Number of the event in its lane, from 1. */
  readonly n: number
  /** Last reference before it; 0 while memory is being populated. */
  readonly reference: number
  readonly layer: LayerName
  readonly kind: EventKind
  /** One clause: what and why. */
  readonly text: string
  /** Size in 4 KiB frames or table pages, where it has one. */
  readonly frames: number
  readonly cycles: number
  /** Same events in a row are one row. */
  readonly times: number
}
