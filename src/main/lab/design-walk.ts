/** The walk that the window draws of a design: one cold translation on a small machine of its own. */
import type { DesignWalkChoice } from '@shared/contract/lab-contract'
import { BYTES_IN } from '@shared/arch/page-size'
import { UserError } from '@shared/model/user-error'
import type { WalkRecord } from '@shared/model/walk-record'
import { coldWalk } from './cold-walk'
import type { Offer } from './offer'
import { resolveSpec } from './resolve-spec'

/** Enough for an area that registers, segments and ranges are made for, and for two pages of any size. */
const FOOTPRINT = 64 * 2 ** 20

/** @throws UserError for a design that is unknown, has no meaning in the environment or lacks the page size */
export function designWalk(
  { design, environment, pageSize = '4K' }: DesignWalkChoice,
  offer: Offer
): WalkRecord {
  const page = pageSize === 'thp' ? BYTES_IN['2M'] : BYTES_IN[pageSize]
  const footprint = Math.max(FOOTPRINT, 2 * page)
  const input = { lanes: [design], environment, pageSize, hostPageSize: pageSize, footprint }
  const resolved = resolveSpec(input, offer)
  if ('spec' in resolved) return coldWalk(resolved.spec, design)
  throw asUserError(resolved.problems[0])
}

/** The parts of a problem's line (spec-problem.ts). */
function asUserError(line: string): UserError {
  const [, what, where, todo] = /^(.*) \(([^()]*)\), (.*)$/.exec(line) ?? []
  return what === undefined ? new UserError(line, '', 'choose another') : new UserError(what, where, todo)
}
