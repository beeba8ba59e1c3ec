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
    hasRegisters: false
  },
  modes: radix.modes,
  shadow: () => 'process',
  stage: processShadow
}
