/** What a JSON file turned out to hold. */
import type { ImportedScenario } from './catalogue'
import type { HardwareProfile } from './hardware-profile'
import type { ImportedSetup } from './imported-setup'

export type ImportedJson =
  | { readonly kind: 'scenario'; readonly scenario: ImportedScenario }
  | { readonly kind: 'setup'; readonly setup: ImportedSetup }
  | { readonly kind: 'hardware'; readonly hardware: HardwareProfile }
