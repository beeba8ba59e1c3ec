/**
 * The rows of a long table that changes all the time. They are text and nothing else, so they are written into the
 * document as it is: a node of Vue for each of a thousand cells would be kept in memory twice over.
 */

/** What comes after the last child that is kept goes. */
function cutAfter(parent: Element, last: Element | null): void {
  while (parent.lastElementChild !== last) parent.lastElementChild?.remove()
}

function write(cell: HTMLElement, text: string): void {
  const { firstChild } = cell
  if (!(firstChild instanceof Text)) cell.textContent = text
  else if (firstChild.data !== text) firstChild.data = text
}

/** Brings the children of `parent` to one for each item, in order; those that are there are used again. */
function fill<Item>(
  parent: Element,
  tag: 'tr' | 'td',
  items: readonly Item[],
  put: (child: HTMLElement, item: Item, index: number) => void
): void {
  let child = parent.firstElementChild as HTMLElement | null
  let last: HTMLElement | null = null
  items.forEach((item, i) => {
    const one = child ?? parent.appendChild(document.createElement(tag))
    put(one, item, i)
    last = one
    child = one.nextElementSibling as HTMLElement | null
  })
  cutAfter(parent, last)
}

/**
 * @param rows texts of the cells of each row
 * @param at index of the row that is marked, -1 for none
 */
export function fillBody(body: Element, rows: readonly (readonly string[])[], at: number): void {
  fill(body, 'tr', rows, (row, cells, i) => {
    row.classList.toggle('at', i === at)
    fill(row, 'td', cells, write)
  })
}
