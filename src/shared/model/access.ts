/** Kinds of memory access in a stream. The numbers are those of the lab's binary trace records. */
export const LOAD = 0
export const STORE = 1
export const FETCH = 2
export type AccessKind = typeof LOAD | typeof STORE | typeof FETCH
/** Records of a stream that are no accesses (operation.ts). */
export const OPERATION = 3
export const OPERAND = 4
export const ACCESS_NAMES = ['load', 'store', 'fetch'] as const

/**
 * A batch of accesses in columns. Over SharedArrayBuffer, so that every lane reads the same one.
 * `high` and `low` are the halves of the page number (address.ts), `offset` 0..4095, `size` in bytes (1..255).
 */
export interface AccessBatch {
  readonly capacity: number
  readonly kind: Uint8Array
  readonly size: Uint8Array
  readonly offset: Uint16Array
  readonly high: Int32Array
  readonly low: Int32Array
}

const BYTES_PER_ACCESS = 4 + 4 + 2 + 1 + 1

/** The columns of a batch over one buffer; both sides of a thread boundary call this on the same buffer. */
export function batchOver(buffer: ArrayBufferLike, capacity: number): AccessBatch {
  return {
    capacity,
    high: new Int32Array(buffer, 0, capacity),
    low: new Int32Array(buffer, capacity * 4, capacity),
    offset: new Uint16Array(buffer, capacity * 8, capacity),
    kind: new Uint8Array(buffer, capacity * 10, capacity),
    size: new Uint8Array(buffer, capacity * 11, capacity)
  }
}

export const batchBuffer = (capacity: number): SharedArrayBuffer =>
  new SharedArrayBuffer(capacity * BYTES_PER_ACCESS)
