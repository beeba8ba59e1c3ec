/** The scenarios that come with the lab: pickers, help and tests read this list. Adding one is a file and a line here. */
import { readScenario } from './read-scenario'
import type { Scenario } from '@shared/model/scenario'
import churn from './shipped/churn.json'
import forkStorm from './shipped/fork-storm.json'
import growingHeap from './shipped/growing-heap.json'
import liveMigration from './shipped/live-migration.json'
import mremap from './shipped/mremap.json'
import noisyNeighbour from './shipped/noisy-neighbour.json'
import reclaim from './shipped/reclaim.json'
import sparseHeap from './shipped/sparse-heap.json'
import threads from './shipped/threads.json'

export interface ShippedScenario {
  readonly id: string
  readonly scenario: Scenario
}

const shipped = (id: string, file: unknown): ShippedScenario => ({ id, scenario: readScenario(file, id) })

export const SCENARIOS: readonly ShippedScenario[] = [
  shipped('fork-storm', forkStorm),
  shipped('growing-heap', growingHeap),
  shipped('sparse-heap', sparseHeap),
  shipped('mremap', mremap),
  shipped('noisy-neighbour', noisyNeighbour),
  shipped('churn', churn),
  shipped('threads', threads),
  shipped('live-migration', liveMigration),
  shipped('reclaim', reclaim)
]
