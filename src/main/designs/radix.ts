// The x86-64 baseline: radix walks, 2-D under nested paging (EPT), 2-D over L0's shadow EPT when nested.
import { DEPTH, ENVIRONMENTS } from '@shared/model/environment'
import type { TranslationDesign } from './design'
import { pureStack, shadowedStack } from './stages'

export const radix: TranslationDesign = {
  info: {
    id: 'radix',
    title: 'Radix',
    summary:
      'Page tables walked level by level, as x86 processors do; in a guest, every step is itself translated.',
    paper: null,
    environments: ENVIRONMENTS,
    refusal: null,
    hasRegisters: false,
    story: {
      how: 'Each layer keeps a radix table of 4 or 5 levels. Natively hardware reads one entry at each level, each naming the table of the next. In a guest every table lies at a guest-physical address, so the host’s table is walked before each read and once more for the page itself: 4 x 5 + 4 = 24 reads. In a guest within a guest L0 combines its own table with L1’s into EPT02, and hardware walks two dimensions again.',
      otherwise: 'It needs nothing but memory for tables, one 4 KiB page at a time.',
      notes: [
        'EPT02 is filled as memory is populated; Linux fills it at the first violation (KVM, arch/x86/kvm/mmu).',
        'Page-walk caches and the nested TLB have assumed sizes: Intel discloses none (docs/parameters.md).'
      ]
    }
  },
  modes: (environment) => Array.from({ length: DEPTH[environment] }, () => 'R'),
  shadow: (spec) => (spec.environment === 'nested' ? 'populated' : 'none'),
  stage: (parts) => (parts.stack.shadow ? shadowedStack(parts) : pureStack(parts))
}
