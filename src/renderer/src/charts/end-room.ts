/**
 * Right of the plots, in px of the strips: room for badges and end values, so that axis, rail and overview end with
 * the lines. Four badges side by side and the sign that they are equal take more than two and the word.
 */
export const endRoom = (lanes: number): number => (lanes > 3 ? 80 : 64)
