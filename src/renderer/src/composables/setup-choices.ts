/** What the set-up's pickers offer, in words. */
import { computed } from 'vue'
import { PAGE_POLICIES, SIZE_TITLE } from '@shared/arch/page-size'
import { ENVIRONMENTS, type Environment } from '@shared/model/environment'
import { NBSP } from '@shared/format/number'
import { useCatalogueStore } from '@renderer/stores/catalogue'
import { useFilesStore } from '@renderer/stores/files'
import { useSetupStore } from '@renderer/stores/setup'

const ENVIRONMENT_TITLE: Record<Environment, string> = {
  native: 'Native',
  virtualized: 'Virtualized',
  nested: 'Nested'
}

/** Value of the hardware picker that opens a file. */
export const OWN_HARDWARE = ':own'

/** Value of the workload picker while a trace is what runs. */
export const TRACE = 'trace'

const MIB = 2 ** 20
export const FOOTPRINTS = [64 * MIB, 256 * MIB, 1024 * MIB, 4096 * MIB, 16_384 * MIB, 65_536 * MIB]

export function useSetupChoices() {
  const catalogue = useCatalogueStore()
  const setup = useSetupStore()
  const files = useFilesStore()

  const environments = ENVIRONMENTS.map((value) => ({ value, title: ENVIRONMENT_TITLE[value] }))
  const pageSizes = PAGE_POLICIES.map((value) => ({ value, title: SIZE_TITLE[value].replace(' ', NBSP) }))
  const profiles = computed(() => [
    ...[...catalogue.profiles, setup.ownHardware].flatMap((p) =>
      p ? [{ value: p.id, title: p.title }] : []
    ),
    { value: OWN_HARDWARE, title: 'Own hardware…' }
  ])

  const workloads = computed(() => {
    const made = catalogue.workloads.map((w) => ({ value: w.id, title: w.title }))
    return setup.draft?.trace
      ? [...made, { value: TRACE, title: files.inUse?.name ?? 'Imported trace' }]
      : made
  })
  const workload = computed(() => (setup.draft?.trace ? TRACE : (setup.draft?.workload ?? '')))

  return { environments, pageSizes, profiles, workloads, workload }
}
