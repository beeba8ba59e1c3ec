import { findParameter, isGroup } from './parameters'
import { isObject, type PlainObject } from '@shared/model/plain-object'

/**
 * Paths of the input that name no parameter. Descends only where parameters lie, so depth is bounded by the
 * schema, whatever the input holds.
 */
export function unknownPaths(input: PlainObject, prefix = ''): string[] {
  return Object.entries(input).flatMap(([name, value]) => {
    const path = prefix + name
    if (findParameter(path)) return []
    if (name === '' || !isGroup(path)) return [path]
    return isObject(value) ? unknownPaths(value, path + '.') : []
  })
}
