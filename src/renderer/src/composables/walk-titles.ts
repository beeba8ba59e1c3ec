/** What each lane's walk is called above its steps: `2-D radix walk, 24 references`. */
import { computed, type ComputedRef } from 'vue'
import type { WalkRecord } from '@shared/model/walk-record'
import { counted } from '@shared/format/counted'
import { useCatalogueStore } from '@renderer/stores/catalogue'
import { useWalkStore } from '@renderer/stores/walk'

function references(record: WalkRecord | null): string {
  if (!record) return 'no walk'
  return counted(record.references, 'reference')
}

export function useWalkTitles(): ComputedRef<string[]> {
  const walk = useWalkStore()
  const catalogue = useCatalogueStore()
  return computed(() =>
    walk.records.map((record, i) => {
      const design = walk.designs[i]
      return design ? `${catalogue.designTitle(design)}, ${references(record)}` : references(record)
    })
  )
}
