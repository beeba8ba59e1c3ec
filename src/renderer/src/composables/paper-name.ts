/** What a design of the paper is called in the window: by the lab's title, with the paper's name where it is another. */
import type { PaperDesign } from '@shared/formulas/designs'
import { ownDesignOf } from '@shared/formulas/terms'
import { useCatalogueStore } from '@renderer/stores/catalogue'

export const nameWithPapers = (own: string, papers: string): string =>
  own.startsWith(papers) ? own : `${own} (${papers})`

export function usePaperName(): (design: PaperDesign, title: string) => string {
  const catalogue = useCatalogueStore()
  return (design, title) => nameWithPapers(catalogue.designTitle(ownDesignOf(design)), title)
}
