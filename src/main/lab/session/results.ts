/** What a session has measured so far: of each lane, of all together, and by the paper's formulas. */
import type { LaneFacts } from '@shared/formulas/lane-facts'
import { RUN_SCHEMA, type RunFormula, type RunResult, type SourceInfo } from '@shared/model/result'
import { compareLanes } from '../comparison'
import { provenanceOf } from '../provenance'
import { isFormulaLane } from '../run-formula'
import type { SessionCore } from './core'

export class Results {
  constructor(
    private readonly core: SessionCore,
    private readonly source: SourceInfo,
    private readonly version: string
  ) {}

  /** The paper's formulas on the walks of the first radix lane so far; null where they have no meaning. */
  formula(): Promise<RunFormula | null> {
    return this.core.turns.take(() => this.formulaInTurn())
  }

  facts(): Promise<LaneFacts[]> {
    const { turns, lanes } = this.core
    return turns.take(() => Promise.all(lanes.clients.map((lane) => lane.facts())))
  }

  async whole(): Promise<RunResult> {
    const { spec, turns, lanes: set, lockStep, status } = this.core
    const [lanes, formula] = await turns.take(() =>
      Promise.all([Promise.all(set.clients.map((lane) => lane.result())), this.formulaInTurn()])
    )
    const { partialReason } = status
    return {
      schema: RUN_SCHEMA,
      partial: partialReason !== null,
      ...(partialReason === null ? {} : { partialReason }),
      app: { version: this.version },
      spec,
      source: this.source,
      lanes,
      comparison: compareLanes(lanes, lockStep.sameTranslations, lockStep.firstError?.reference),
      ...(formula === null ? {} : { formula }),
      provenance: provenanceOf(spec, this.source, formula)
    }
  }

  private async formulaInTurn(): Promise<RunFormula | null> {
    const { spec, lanes } = this.core
    const lane = spec.lanes.findIndex(isFormulaLane)
    return lane < 0 ? null : lanes.at(lane).formula()
  }
}
