/**
 * Everything that can be reached from an object as it is now, to be put back later into the very same objects: what
 * refers to one of them, a closure included, then sees it as it was. Not kept: memory shared with other threads, which
 * is not this object's own, and whatever a function holds in its closure, so mutable state belongs into fields.
 */
import { SavedBytes } from './saved-bytes'
import { SavedFields, SavedList, SavedMap, SavedSet, type Saved } from './saved-object'

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

export class Checkpoint {
  private readonly saved: Saved[] = []
  private readonly seen = new Set<object>()
  private readonly open: object[] = []
  /** Of buffers alone: objects weigh little beside them. */
  bytes = 0

  /** @param beside what the root refers to and is no part of its state */
  constructor(root: object, beside: object) {
    this.seen.add(beside)
    this.meet(root)
    for (let one = this.open.pop(); one !== undefined; one = this.open.pop()) this.keep(one)
    // What was found is needed to find more, not to restore.
    this.seen.clear()
  }

  restore(): void {
    for (const one of this.saved) one.restore()
  }

  private meet(value: unknown): void {
    if (!isObject(value) || this.seen.has(value)) return
    this.seen.add(value)
    this.open.push(value)
  }

  private keep(one: object): void {
    if (ArrayBuffer.isView(one)) return this.meet(one.buffer)
    if (one instanceof SharedArrayBuffer) return
    if (one instanceof ArrayBuffer) return this.keepBytes(one)
    if (one instanceof WeakMap || one instanceof WeakSet || one instanceof Promise)
      throw new Error(`Checkpoint: a ${one.constructor.name} cannot be put back as it was`)
    this.keepHeld(savedOf(one))
  }

  private keepBytes(buffer: ArrayBuffer): void {
    const bytes = new SavedBytes(buffer)
    this.bytes += bytes.bytes
    this.saved.push(bytes)
  }

  private keepHeld(saved: Saved & { readonly held: readonly unknown[] }): void {
    this.saved.push(saved)
    for (const value of saved.held) this.meet(value)
  }
}

function savedOf(one: object): Saved & { readonly held: readonly unknown[] } {
  if (Array.isArray(one)) return new SavedList(one)
  if (one instanceof Map) return new SavedMap(one)
  if (one instanceof Set) return new SavedSet(one)
  return new SavedFields(one as Record<string | symbol, unknown>)
}
