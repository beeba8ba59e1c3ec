/**
 * The memory map of a process that is looked at again and again while it runs: every area it ever had, with all that
 * it ever allowed. The newest map says what an area is; older ones fill the holes that it leaves, because what was
 * unmapped or made read-only has been accessed before. The areas of Valgrind itself are left out.
 */

/**
 * @typedef {{ start: bigint, end: bigint, permissions: string, shared: string, offset: bigint, rest: string }} Area
 * rest: device, inode and path, as /proc/PID/maps writes them
 */

const LINE = /^([0-9a-f]+)-([0-9a-f]+) ([r-][w-][x-])([sp]) ([0-9a-f]+) (.*)$/

/** Where Valgrind maps memory of its own, always readable, writable and executable or not at all (m_aspacemgr). */
const OWN_START = 0x10_0000_0000n
/** The client's stack ends here. */
const CLIENT_END = 0x1f_ff00_1000n
const OWN_ANONYMOUS = new Set(['rwx', '---'])
const TOOL = /\/valgrind\/[a-z]+-[a-z0-9]+-linux$/
const KERNEL_PROVIDED = /\[(stack|vvar|vvar_vclock|vdso|vsyscall)\]$/

/**
 * @param {string} line
 * @returns {Area | null}
 */
function areaOf(line) {
  const found = LINE.exec(line)
  if (!found) return null
  const [, start, end, permissions, shared, offset, rest] = found
  return { start: hex(start), end: hex(end), permissions, shared, offset: hex(offset), rest }
}

/** @param {string} digits */
const hex = (digits) => BigInt(`0x${digits}`)

/** @param {Area} area */
const isAnonymous = ({ rest }) => /^00:00 0\s*$/.test(rest)

/** @param {Area} area */
function isOutside(area) {
  if (area.start >= CLIENT_END || KERNEL_PROVIDED.test(area.rest)) return true
  return area.start >= OWN_START && (/vgdb-pipe/.test(area.rest) || isAnonymousOfValgrind(area))
}

/** @param {Area} area */
const isAnonymousOfValgrind = (area) => isAnonymous(area) && OWN_ANONYMOUS.has(area.permissions)

/**
 * The areas of the client: without the tool, its data right after it, and what Valgrind and the kernel keep apart.
 * @param {string} text
 */
function clientAreas(text) {
  /** @type {Area[]} */
  const areas = []
  let toolEnd = -1n
  for (const line of text.split('\n')) {
    const area = areaOf(line)
    if (area === null) continue
    const followsTool = area.start === toolEnd && isAnonymous(area)
    if (TOOL.test(area.rest) || followsTool) toolEnd = area.end
    else if (!isOutside(area)) areas.push(area)
  }
  return areas
}

/** @param {string} a @param {string} b */
const both = (a, b) => [...a].map((letter, at) => (letter === '-' ? b[at] : letter)).join('')

/**
 * The part of an area within [start, end).
 * @param {Area} area @param {bigint} start @param {bigint} end
 * @returns {Area}
 */
const part = (area, start, end) => ({
  ...area,
  start,
  end,
  offset: isAnonymous(area) ? area.offset : area.offset + (start - area.start)
})

/** @param {Area} a @param {Area} b */
const continues = (a, b) =>
  a.end === b.start &&
  a.permissions === b.permissions &&
  a.shared === b.shared &&
  a.rest === b.rest &&
  (isAnonymous(a) || a.offset + (a.end - a.start) === b.offset)

/**
 * @param {readonly Area[]} older ascending and apart, as the newer ones
 * @param {readonly Area[]} newer
 */
function merged(older, newer) {
  const edges = [...new Set([...older, ...newer].flatMap(({ start, end }) => [start, end]))]
  edges.sort((a, b) => (a < b ? -1 : 1))
  /** @type {Area[]} */
  const areas = []
  let i = 0
  let j = 0
  for (let e = 0; e + 1 < edges.length; e++) {
    const [start, end] = [edges[e], edges[e + 1]]
    while (i < older.length && older[i].end <= start) i++
    while (j < newer.length && newer[j].end <= start) j++
    const old = i < older.length && older[i].start <= start ? older[i] : null
    const now = j < newer.length && newer[j].start <= start ? newer[j] : null
    const piece = now ?? old
    if (piece === null) continue
    const permissions = old ? both(piece.permissions, old.permissions) : piece.permissions
    append(areas, { ...part(piece, start, end), permissions })
  }
  return areas
}

/** @param {Area[]} areas @param {Area} piece */
function append(areas, piece) {
  const last = areas.at(-1)
  if (last && continues(last, piece)) last.end = piece.end
  else areas.push(piece)
}

/** @param {bigint} address */
const digits = (address) => address.toString(16).padStart(8, '0')

export class SeenMaps {
  /** @type {Area[]} */
  areas = []
  #last = ''

  /**
   * Takes a map as it is now. A process that has ended shows an empty one, which says nothing.
   * @param {string} text
   */
  add(text) {
    if (text === '' || text === this.#last) return
    this.#last = text
    this.areas = merged(this.areas, clientAreas(text))
  }

  toString() {
    return this.areas
      .map(
        ({ start, end, permissions, shared, offset, rest }) =>
          `${digits(start)}-${digits(end)} ${permissions}${shared} ${digits(offset)} ${rest}\n`
      )
      .join('')
  }
}
