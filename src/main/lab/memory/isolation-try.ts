import type { IsolationTry, IsolationTryId } from '@shared/model/memory-look'

export function isolationTry(_id: IsolationTryId): IsolationTry {
  throw new Error('not made yet')
}
