/**
 * Messages as bytes, for channels that carry nothing else: msgpack, with Float64Array and Uint32Array as extensions,
 * because snapshots and maps of memory are mostly that. A MessagePort needs none of this, as structured clone keeps
 * typed arrays.
 */
import { decode, encode, ExtensionCodec } from '@msgpack/msgpack'

const FLOAT64_ARRAY = 1
const UINT32_ARRAY = 2

const bytesOf = (view: ArrayBufferView): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength)

const extensionCodec = new ExtensionCodec()
extensionCodec.register({
  type: FLOAT64_ARRAY,
  encode: (value) => (value instanceof Float64Array ? bytesOf(value) : null),
  // Copied, because a view on eight-byte numbers may only begin at a multiple of eight.
  decode: (bytes) => new Float64Array(bytes.slice().buffer)
})
extensionCodec.register({
  type: UINT32_ARRAY,
  encode: (value) => (value instanceof Uint32Array ? bytesOf(value) : null),
  decode: (bytes) => new Uint32Array(bytes.slice().buffer)
})

/** Absent stays absent: without `ignoreUndefined` an optional member would arrive as null. */
export const encodeMessage = (message: unknown): Uint8Array<ArrayBuffer> =>
  encode(message, { extensionCodec, ignoreUndefined: true })

/** Throws on bytes that are no message. */
export const decodeMessage = (bytes: Uint8Array): unknown => decode(bytes, { extensionCodec })
