// Shadow paging as KVM does it: one table from the process to the machine, walked as natively; changes of it exit.
import type { TranslationDesign } from './design'
import { radix } from './radix'
import { processShadow } from './stages'

export const shadow: TranslationDesign = {
  info: {
    id: 'shadow',
    title: 'Shadow paging',
    summary:
      'One table leads from the process to the machine, so a walk is as short as a native one; what the guest changes in its own tables is paid for by exits.',
    paper: null,
    environments: ['virtualized', 'nested'],
    refusal: 'with no guest there are no tables to shadow',
    hasRegisters: false,
    story: {
      how: 'The hypervisor keeps one table that leads from the process’s pages straight to machine frames, and hardware walks that alone: 4 reads in any environment. The guest’s own tables are write-protected, so what the guest changes in them exits to the hypervisor, which brings the shadow up to date.',
      otherwise:
        'It needs no contiguity. What it costs are exits: at faults, at writes to tables, at invalidations and at loads of a root.',
      notes: [
        'Tables go out of step at the first write to a last-level table and are read again at the next flush, as in KVM (arch/x86/kvm/mmu).',
        'Roots kept for context switches: shadow.cachedRoots, assumed.'
      ]
    }
  },
  modes: radix.modes,
  shadow: () => 'process',
  stage: processShadow
}
