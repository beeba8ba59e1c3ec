// Direct Memory Translation, ASPLOS 2024 (Zhang et al., DOI 10.1145/3620665.3640358): 1, 3, 7 references.
import { DEPTH, ENVIRONMENTS } from '@shared/model/environment'
import type { TranslationDesign } from './design'
import { isOverEpt02, pureStack, shadowedStack } from './stages'

export const DMT_PAPER =
  'Direct Memory Translation for Virtualized Clouds, ASPLOS 2024, DOI 10.1145/3620665.3640358'

export const dmt: TranslationDesign = {
  info: {
    id: 'dmt',
    title: 'DMT',
    summary: 'Registers say where the leaf tables of large areas lie, so no upper level of a table is read.',
    paper: DMT_PAPER,
    environments: ENVIRONMENTS,
    refusal: null,
    hasRegisters: true,
    story: {
      how: 'The kernel keeps the leaf tables of a large memory area in one contiguous piece, a translation entry area, in the order of the addresses they map. A register holds where the area begins, so the address of the leaf entry is a sum: one read natively. In a guest the entry’s own address is translated the same way first: 3 reads, and 7 in a guest within a guest.',
      otherwise:
        'What no register covers is walked as radix. So is what a register covers without a valid entry; its read is wasted. Without contiguous frames an area is made in pieces, then not at all.',
      notes: [
        'Register format, fallback and A/D rules are the lab’s own: the published kernel has no hardware model (docs/adr).'
      ]
    }
  },
  modes: (environment) => Array.from({ length: DEPTH[environment] }, () => 'D'),
  shadow: (spec) => (isOverEpt02(spec) ? 'on-demand' : 'none'),
  stage: (parts) => (parts.stack.shadow ? shadowedStack(parts) : pureStack(parts))
}
