import type { Operation } from '@shared/model/operation'
import type { Machine } from './machine'

export function execute(_machine: Machine, _operation: Operation): void {}
