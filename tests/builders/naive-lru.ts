/**
 * A set-associative table written as plainly as can be, to hold the fast ones against: each set is a list,
 * most recent first, and keys are BigInts or texts.
 */
export class NaiveLru<Key, Value> {
  private readonly lists = new Map<bigint, { key: Key; value: Value }[]>()

  constructor(
    private readonly sets: number,
    private readonly ways: number
  ) {}

  get isPresent(): boolean {
    return this.sets > 0
  }

  /** The value of the key, now the most recent of its set. */
  use(number: bigint, key: Key): Value | undefined {
    const found = this.look(number, key)
    if (found !== undefined) this.put(number, key, found)
    return found
  }

  look(number: bigint, key: Key): Value | undefined {
    return this.list(number).find((e) => e.key === key)?.value
  }

  put(number: bigint, key: Key, value: Value): void {
    if (this.sets === 0) return
    const others = this.list(number).filter((e) => e.key !== key)
    this.lists.set(number % BigInt(this.sets), [{ key, value }, ...others].slice(0, this.ways))
  }

  /** Another value in the same place. */
  change(number: bigint, key: Key, value: Value): void {
    for (const entry of this.list(number)) if (entry.key === key) entry.value = value
  }

  drop(gone: (key: Key, value: Value) => boolean): void {
    for (const [set, list] of this.lists) {
      this.lists.set(
        set,
        list.filter((e) => !gone(e.key, e.value))
      )
    }
  }

  all(): { key: Key; value: Value }[] {
    return [...this.lists.values()].flat()
  }

  private list(number: bigint): { key: Key; value: Value }[] {
    return this.sets === 0 ? [] : (this.lists.get(number % BigInt(this.sets)) ?? [])
  }
}
