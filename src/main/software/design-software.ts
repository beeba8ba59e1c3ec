/** What the layers' software does for a design, beside its modes and shadow tables; a design leaves out what it lacks. */
import type { PagePolicy } from '@shared/arch/page-size'
import type { SupportScene, TableSupport } from './space/table-support'

export interface DesignSoftware {
  /** What the layers keep beside their tables; null for a table that needs nothing. */
  readonly support?: (scene: SupportScene) => TableSupport | null
  /** At most so many frames with entries are kept beside each leaf table: for estimates of memory. */
  readonly besideLeafTable?: number
  /** Areas get frames as a whole, touched or not. */
  readonly isEager?: boolean
  /** Levels of table pages that lie in contiguous areas; where it is not said, those of the leaf tables. */
  readonly areaClasses?: (policy: PagePolicy) => readonly (1 | 2 | 3)[]
  /** Grants are mapped by 2 MiB pages where the host's pages are as large: its walks go by them. */
  readonly hasHugeWindows?: boolean
}
