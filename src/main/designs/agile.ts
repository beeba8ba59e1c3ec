// Agile paging, ISCA 2016 (Gandhi et al.): a walk begins in a shadow table and goes on nested where the guest writes.
import type { TranslationDesign } from './design'
import { radix } from './radix'
import { agileStack } from './stages'

export const agile: TranslationDesign = {
  info: {
    id: 'agile',
    title: 'Agile paging',
    summary:
      'A walk begins in a shadow table, as short as a native one, and goes on in two dimensions only below tables that the guest writes often, so that those cost no exits.',
    paper: 'Agile Paging: Exceeding the Best of Nested and Shadow Paging, ISCA 2016',
    environments: ['virtualized'],
    refusal: 'it combines a guest’s table with its host’s: published for one guest layer',
    hasRegisters: false,
    story: {
      how: 'The hypervisor keeps a shadow table that leads from the process’s pages to machine frames, and hardware begins each walk there. An entry with the switching bit names the machine frame of a table page of the guest: from there the guest’s own table is walked, each further table and the page itself translated by the host’s table. With n of 4 guest levels walked so that is 4 + 4n reads, 4 where none is, and 20 where the root itself is switched. A table page becomes nested, with all below it, when the guest’s writes to it have exited twice within an interval; one that was not written for an interval is shadowed again.',
      otherwise:
        'Tables that the guest writes cost exits until they are nested, and up to 16 reads more a walk as long as they are. Faults exit where the page is shadowed, and are the guest’s own where it is nested.',
      notes: [
        'The published text could not be read: sequence and counts follow the DMT paper’s evaluation, which has one nested level; thresholds agile.writes and agile.interval are assumed.',
        'Counted are exits for writes to a shadowed table page, and for INVLPG of a page whose table is out of step (assumed).',
        'That a nested table was written is told by the lab’s hook on writes, which stands for the dirty bit of the table’s page in the host’s table. What was written below a table that is shadowed again stays nested by itself. The look is made at a timer tick that takes no exit of its own (assumed).',
        'The switch is an entry with P, PS and bit 11; one page-walk cache keeps tables of both kinds, and which kind each is (assumed).',
        'A last-level table that comes into the shadow is combined as a whole in the exit that asked for one of its pages; shadow paging combines entry by entry (assumed).',
        'INVLPG of pages below a switch does not exit; loads of a root exit as under shadow paging, unless the root is kept (shadow.cachedRoots). No cache of hardware for pairs of roots.',
        'A fixed agile.nestedLevels counts from the level of the page’s leaf up; where page sizes mix in a table, it goes by the largest.',
        'Walks are made entry by entry under the walk style artifact too.'
      ]
    }
  },
  modes: radix.modes,
  shadow: () => 'agile',
  stage: agileStack
}
