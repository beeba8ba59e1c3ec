import { formatCount } from './number'

/**
 * `1 frame`, `33 frames`.
 * @param many where an s does not make it of `one`
 */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`
