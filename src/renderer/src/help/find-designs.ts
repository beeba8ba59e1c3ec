/** Which designs a person looks for: every word must stand somewhere in what Help says about the design. */
import type { DesignInfo } from '@shared/model/catalogue'

const textOf = ({ id, title, summary, paper, refusal, lacks, story }: DesignInfo): string =>
  [id, title, summary, paper, refusal, lacks?.why, story.how, story.otherwise, ...story.notes]
    .join(' ')
    .toLowerCase()

export function findDesigns(designs: readonly DesignInfo[], query: string): DesignInfo[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return designs.filter((design) => words.every((word) => textOf(design).includes(word)))
}
