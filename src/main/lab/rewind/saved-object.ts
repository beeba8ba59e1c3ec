/** One object as it was: what it held, and how to put that back into the same object. */

export interface Saved {
  restore(): void
}

/** Own properties of an object of any class, private ones of TypeScript included. */
export class SavedFields implements Saved {
  private readonly keys: readonly (string | symbol)[]
  private readonly values: readonly unknown[]

  constructor(private readonly target: Record<string | symbol, unknown>) {
    this.keys = Reflect.ownKeys(target).filter((key) => isData(target, key))
    this.values = this.keys.map((key) => target[key])
  }

  get held(): readonly unknown[] {
    return this.values
  }

  restore(): void {
    const { target, keys, values } = this
    const known = new Set(keys)
    for (const key of Reflect.ownKeys(target)) if (!known.has(key) && isData(target, key)) delete target[key]
    keys.forEach((key, i) => {
      // Most fields are constants, of objects that may be frozen.
      if (target[key] !== values[i]) target[key] = values[i]
    })
  }
}

export class SavedList implements Saved {
  readonly held: readonly unknown[]

  constructor(private readonly target: unknown[]) {
    this.held = target.slice()
  }

  restore(): void {
    const { target, held } = this
    target.length = held.length
    for (let i = 0; i < held.length; i++) if (target[i] !== held[i]) target[i] = held[i]
  }
}

export class SavedMap implements Saved {
  private readonly entries: readonly (readonly [unknown, unknown])[]

  constructor(private readonly target: Map<unknown, unknown>) {
    this.entries = [...target]
  }

  get held(): readonly unknown[] {
    return this.entries.flat()
  }

  /** Refilled even where nothing changed, because the order of a map is part of it. */
  restore(): void {
    this.target.clear()
    for (const [key, value] of this.entries) this.target.set(key, value)
  }
}

export class SavedSet implements Saved {
  readonly held: readonly unknown[]

  constructor(private readonly target: Set<unknown>) {
    this.held = [...target]
  }

  restore(): void {
    this.target.clear()
    for (const value of this.held) this.target.add(value)
  }
}

/** A getter of a plain object is computed from what else is restored. */
const isData = (target: object, key: string | symbol): boolean =>
  Object.getOwnPropertyDescriptor(target, key)?.get === undefined
