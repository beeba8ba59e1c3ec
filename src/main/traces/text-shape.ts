/** Line formats are told by the shape of their lines. */

const textDecoder = new TextDecoder('latin1')

const linesOf = (firstBytes: Uint8Array): string[] => textDecoder.decode(firstBytes).split('\n')

/** True when a line has one of these shapes. */
export const hasLine =
  (...shapes: readonly RegExp[]) =>
  (firstBytes: Uint8Array): boolean =>
    linesOf(firstBytes).some((line) => shapes.some((shape) => shape.test(line)))

/** True when more than half of the lines with text have this shape: for one so plain that prose may hit it. */
export const isMostly =
  (shape: RegExp) =>
  (firstBytes: Uint8Array): boolean => {
    const lines = linesOf(firstBytes).filter((line) => line.trim() !== '')
    return lines.length > 0 && lines.filter((line) => shape.test(line)).length * 2 > lines.length
  }
