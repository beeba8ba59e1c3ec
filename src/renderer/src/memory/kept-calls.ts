/** Conversations of a lane as the lab keeps them: the first and the last ones, one of each number. */
import { MOST_FIRST_CALLS, MOST_LAST_CALLS, type Conversation } from '@shared/model/conversation'

const MOST_CALLS = MOST_FIRST_CALLS + MOST_LAST_CALLS

/** @param answer in the order of their numbers; of one that is known already it tells the news */
export function withCalls(known: readonly Conversation[], answer: readonly Conversation[]): Conversation[] {
  const all = [...new Map([...known, ...answer].map((call) => [call.n, call])).values()]
  return all.length > MOST_CALLS ? [...all.slice(0, MOST_FIRST_CALLS), ...all.slice(-MOST_LAST_CALLS)] : all
}
