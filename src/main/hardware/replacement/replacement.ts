/**
 * Which way of a set leaves when a new line or entry comes in. The owner of the set reports what happens to
 * its ways; the policy keeps what it needs to choose. Sets and ways count from 0.
 */
export interface ReplacementPolicy {
  /** The way was hit. `Tlb` leaves out immediate repeats: a policy that counts hits needs them. */
  touch(set: number, way: number): void
  /** The way to replace: an invalid one while there is one. Looking only; `filled` follows if it is used. */
  victim(set: number): number
  /** The way holds something new. */
  filled(set: number, way: number): void
  /** The way was invalidated. */
  forget(set: number, way: number): void
  /** Place of the way in the order of leaving, 0 = leaves last. For panels and tests: changes nothing. */
  ageOf(set: number, way: number): number
}
