/** What a machine does by the clock, beside what its stream asks for. */
import type { Task } from './clock'
import type { Machine } from './machine'

export const tasksOf = (_machine: Machine): Task[] => []
