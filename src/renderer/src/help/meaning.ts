/** Where a design has no meaning and which page sizes it lacks, with the reason the catalogue gives. */
import { SIZE_TITLE, type PagePolicy } from '@shared/arch/page-size'
import type { DesignInfo } from '@shared/model/catalogue'
import type { Environment } from '@shared/model/environment'

/** Null where it has a meaning. */
export const environmentRefusal = (info: DesignInfo, environment: Environment): string | null =>
  info.environments.includes(environment)
    ? null
    : (info.refusal ?? `has no meaning in a ${environment} environment`)

/** Null where the design has pages of this size. */
export const pageSizeRefusal = ({ lacks }: DesignInfo, size: PagePolicy): string | null =>
  lacks?.pageSizes.includes(size) ? lacks.why : null

interface Sizes {
  readonly environment: Environment
  readonly pageSize: PagePolicy
  readonly hostPageSize: PagePolicy
}

/** A page size of the set-up that the design lacks, in any layer; a native machine has no host. */
export function lackedSize(
  info: DesignInfo,
  sizes: Sizes | null
): { size: PagePolicy; words: string } | null {
  if (sizes === null) return null
  const used = sizes.environment === 'native' ? [sizes.pageSize] : [sizes.pageSize, sizes.hostPageSize]
  for (const size of used) {
    const why = pageSizeRefusal(info, size)
    if (why !== null) return { size, words: `no ${SIZE_TITLE[size]} pages: ${why}` }
  }
  return null
}
