/** Which designs a person looks for: every word must stand somewhere in what Help says about the design. */
import { holdsAll, wordsOf } from '@shared/format/words'
import type { DesignInfo } from '@shared/model/catalogue'

const textOf = ({ id, title, summary, paper, refusal, lacks, story }: DesignInfo): string =>
  [id, title, summary, paper, refusal, lacks?.why, story.how, story.otherwise, ...story.notes].join(' ')

export function findDesigns(designs: readonly DesignInfo[], query: string): DesignInfo[] {
  const words = wordsOf(query)
  return designs.filter((design) => holdsAll(textOf(design), words))
}
