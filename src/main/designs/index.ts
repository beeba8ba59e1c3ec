/** The designs the lab can run. A new one is a file of its own and a line here. */
import type { TranslationDesign } from './design'
import { agile } from './agile'
import { asap } from './asap'
import { dmt } from './dmt'
import { ecpt } from './ecpt'
import { fpt } from './fpt'
import { hugegpt } from './hugegpt'
import { ideal } from './ideal'
import { pvdmt } from './pvdmt'
import { radix } from './radix'
import { radix3d } from './radix-3d'
import { rmm } from './rmm'
import { shadow } from './shadow'

export const DESIGNS: readonly TranslationDesign[] = [
  radix,
  radix3d,
  shadow,
  hugegpt,
  fpt,
  ecpt,
  asap,
  agile,
  rmm,
  dmt,
  pvdmt,
  ideal
]

export const DESIGN_INFOS = DESIGNS.map((design) => design.info)

/** @throws for an ID that no design has: specs are resolved before they come here */
export function designOf(id: string): TranslationDesign {
  const design = DESIGNS.find((d) => d.info.id === id)
  if (!design) throw new Error(`designOf: no design has the ID ${id}`)
  return design
}
