import { frameHigh, frameLow, pageFrom } from '@shared/address/address'
import type { ArrayGeometry, Replacement } from '@shared/model/hardware-profile'
import { VPID_MASK, machineContext, type Context } from '@shared/arch/context'
import { TaggedArray } from '../array/tagged-array'

/** For panels. */
export interface NestedTlbEntry {
  readonly set: number
  readonly way: number
  /** Frame of the guest, as its tables name it. */
  readonly frame: number
  readonly context: Context
  readonly machineFrame: number
  /** 0 = replaced last. */
  readonly age: number
}

/**
 * Host translations of a guest's table pages, found during 2-D walks: guest frame to machine frame. A hit
 * saves the whole host walk of one guest level. `context` names the VM; its PCID is 0 (machineContext).
 */
export class NestedTlb {
  private readonly array: TaggedArray

  constructor(geometry: ArrayGeometry, replacement: Replacement = 'lru') {
    this.array = new TaggedArray(geometry, replacement)
  }

  /** Machine frame of the guest's frame, its entry touched; or -1. */
  lookup(frame: number, context: Context): number {
    const slot = this.array.lookup(frameHigh(frame), frameLow(frame), 0, context)
    return slot < 0 ? -1 : this.array.frameAt(slot)
  }

  /** The same without touching. */
  peek(frame: number, context: Context): number {
    const slot = this.array.peek(frameHigh(frame), frameLow(frame), 0, context)
    return slot < 0 ? -1 : this.array.frameAt(slot)
  }

  fill(frame: number, context: Context, machineFrame: number): void {
    this.array.fill(frameHigh(frame), frameLow(frame), 0, context, machineFrame)
  }

  invalidate(frame: number, context: Context): void {
    this.array.invalidate(frameHigh(frame), frameLow(frame), 0, context)
  }

  flushContext(context: Context): void {
    this.array.flushContext(context)
  }

  /** INVEPT for the tables of one virtual machine. */
  flushVpid(vpid: number): void {
    this.array.flushContexts(VPID_MASK, machineContext(vpid))
  }

  flushAll(): void {
    this.array.flushAll()
  }

  entries(): NestedTlbEntry[] {
    return this.array.entries().map(({ set, way, high, low, context, frame, age }) => {
      return { set, way, frame: pageFrom(high, low), context: context as Context, machineFrame: frame, age }
    })
  }
}
