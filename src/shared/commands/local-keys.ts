/** Keys that a part of the window has while the focus is in it: for the sheet of keys, not for menus. */

interface LocalKeys {
  readonly where: string
  readonly rows: readonly { readonly keys: string; readonly does: string }[]
}

export const LOCAL_KEYS: readonly LocalKeys[] = [
  {
    where: 'Tabs',
    rows: [
      { keys: '→', does: 'Next view' },
      { keys: '←', does: 'Previous view' }
    ]
  },
  {
    where: 'Charts',
    rows: [
      { keys: '→', does: 'Crosshair to the right, with ← to the left' },
      { keys: 'Shift+→', does: 'The view to the right, with ← to the left' },
      { keys: '=', does: 'Zoom in at the crosshair' },
      { keys: '-', does: 'Zoom out' },
      { keys: '0', does: 'The whole run' }
    ]
  },
  {
    where: 'Walk',
    rows: [
      { keys: '→', does: 'Next step of the walk' },
      { keys: '←', does: 'Step before' },
      { keys: 'Home', does: 'First step of the walk' },
      { keys: 'End', does: 'Last step of the walk' },
      { keys: 'Space', does: 'Play slowly, or hold' }
    ]
  },
  {
    where: 'Table of a chart',
    rows: [
      { keys: '↓', does: 'Crosshair to the next point' },
      { keys: '↑', does: 'Crosshair to the point before' }
    ]
  },
  {
    where: 'Walk grid',
    rows: [
      { keys: '→', does: 'Cell to the right, with ← ↑ ↓ the others' },
      { keys: 'Enter', does: 'Go to the step of the cell' }
    ]
  },
  {
    where: 'Everywhere',
    rows: [
      { keys: 'Tab', does: 'Next control' },
      { keys: 'Esc', does: 'Close what is open, leave presenter mode' }
    ]
  }
]
