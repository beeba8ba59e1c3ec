/**
 * Every command of the window, in the order of its menus: the one source of menus, palette, keys and their sheet.
 * A command more is a line here and a line in src/renderer/src/commands.
 */
import type { CommandRow, Section } from './command'

export const COMMANDS = {
  'file.import': { title: 'Import trace', menu: 'File', group: 'open', key: 'Ctrl+O' },
  'file.setup': { title: 'Open set-up', menu: 'File', group: 'open' },
  'file.forget': { title: 'Clear recent files', menu: 'File', group: 'recent' },
  'file.report': { title: 'Export report', menu: 'File', group: 'write', key: 'Ctrl+E' },

  'run.run': { title: 'Run', opposite: 'Pause', menu: 'Run', group: 'go', key: 'F5' },
  'run.stepAccess': { title: 'Step access', menu: 'Run', group: 'go', key: 'F10' },
  'run.stepBack': { title: 'Step back', menu: 'Run', group: 'go', key: 'Shift+F10' },
  'run.stepInside': { title: 'Step inside walk', menu: 'Run', group: 'go', key: 'F11' },
  'run.stepOut': {
    title: 'Step back inside walk',
    menu: 'Run',
    group: 'go',
    key: 'Shift+F11',
    elsewhere: 'Step back'
  },
  'run.reset': { title: 'Reset', menu: 'Run', group: 'go', key: 'Ctrl+F5' },
  'run.cancel': { title: 'Cancel preparation', menu: 'Run', group: 'go' },
  'walk.previous': { title: 'Previous walk', menu: 'Run', group: 'walk', key: ',' },
  'walk.next': { title: 'Next walk', menu: 'Run', group: 'walk', key: '.' },
  'speed.1': { title: '1 access a second', menu: 'Run', group: 'speed', key: 'Ctrl+1', kind: 'radio' },
  'speed.100': {
    title: '100 accesses a second',
    menu: 'Run',
    group: 'speed',
    key: 'Ctrl+2',
    kind: 'radio'
  },
  'speed.10k': {
    title: '10 k accesses a second',
    menu: 'Run',
    group: 'speed',
    key: 'Ctrl+3',
    kind: 'radio'
  },
  'speed.1M': {
    title: '1 M accesses a second',
    menu: 'Run',
    group: 'speed',
    key: 'Ctrl+4',
    kind: 'radio'
  },
  'speed.unlimited': {
    title: 'Unlimited speed',
    menu: 'Run',
    group: 'speed',
    key: 'Ctrl+5',
    kind: 'radio'
  },
  'run.undrawn': { title: 'Run without drawing', menu: 'Run', group: 'drawing', kind: 'check' },

  'view.live': { title: 'Live', menu: 'View', group: 'tab', kind: 'radio' },
  'view.walk': { title: 'Walk', menu: 'View', group: 'tab', kind: 'radio' },
  'view.memory': { title: 'Memory', menu: 'View', group: 'tab', kind: 'radio' },
  'view.events': { title: 'Events', menu: 'View', group: 'tab', kind: 'radio' },
  'view.help': { title: 'Help', menu: 'View', group: 'tab', kind: 'radio' },
  'view.setup': { title: 'Set-up panel', menu: 'View', group: 'panel', key: 'Ctrl+B', kind: 'check' },
  'view.tables': { title: 'Tables of charts', menu: 'View', group: 'panel', kind: 'check' },
  'view.questions': { title: 'Start questions', menu: 'View', group: 'panel', kind: 'check' },
  'view.presenter': { title: 'Presenter mode', menu: 'View', group: 'panel', key: 'F9', kind: 'check' },
  'zoom.in': { title: 'Zoom in', menu: 'View', group: 'zoom', key: 'Ctrl+=' },
  'zoom.out': { title: 'Zoom out', menu: 'View', group: 'zoom', key: 'Ctrl+-' },
  'zoom.reset': { title: 'Actual size', menu: 'View', group: 'zoom', key: 'Ctrl+0' },
  'theme.system': { title: 'Theme of the system', menu: 'View', group: 'theme', kind: 'radio' },
  'theme.light': { title: 'Light theme', menu: 'View', group: 'theme', kind: 'radio' },
  'theme.dark': { title: 'Dark theme', menu: 'View', group: 'theme', kind: 'radio' },
  'view.calm': { title: 'Reduce motion', menu: 'View', group: 'layout', kind: 'check' },
  'view.reset': { title: 'Reset layout', menu: 'View', group: 'layout' },

  'tools.commands': { title: 'Commands', menu: 'Tools', group: 'find', key: 'Ctrl+Shift+P' },
  'setup.undo': { title: 'Undo', menu: 'Tools', group: 'set-up', key: 'Ctrl+Z' },
  'setup.redo': { title: 'Redo', menu: 'Tools', group: 'set-up', key: 'Ctrl+Y' },
  'lane.add': { title: 'Add lane', menu: 'Tools', group: 'lanes' },
  'lane.remove': { title: 'Remove last lane', menu: 'Tools', group: 'lanes' },
  'lane.compare': { title: 'Compare next lane with A', menu: 'Tools', group: 'lanes' },
  'switch.a': { title: 'Lane A DMT', menu: 'Tools', group: 'switches', kind: 'check' },
  'switch.b': { title: 'Lane B DMT', menu: 'Tools', group: 'switches', kind: 'check' },
  'switch.c': { title: 'Lane C DMT', menu: 'Tools', group: 'switches', kind: 'check' },
  'switch.d': { title: 'Lane D DMT', menu: 'Tools', group: 'switches', kind: 'check' },
  'switch.cooperation': {
    title: 'Cooperative allocation',
    menu: 'Tools',
    group: 'switches',
    kind: 'check'
  },
  'preset.save': { title: 'Save as preset…', menu: 'Tools', group: 'preset' },
  'preset.manage': { title: 'Own presets…', menu: 'Tools', group: 'preset' },
  'setup.hardware': { title: 'Hardware numbers', menu: 'Tools', group: 'machine' },

  'help.start': { title: 'Start here', menu: 'Help', group: 'learn' },
  'help.tour': { title: 'Take the tour', menu: 'Help', group: 'learn' },
  'help.search': { title: 'Search Help', menu: 'Help', group: 'find', key: 'F1' },
  'help.explain': { title: 'What is this?', menu: 'Help', group: 'find', key: 'Shift+F1' },
  'help.keys': { title: 'Keyboard shortcuts', menu: 'Help', group: 'keys', key: '?' },
  'help.singleKeys': { title: 'Keys without Ctrl', menu: 'Help', group: 'keys', kind: 'check' },
  'focus.next': { title: 'Next region', menu: 'Help', group: 'region', key: 'F6' },
  'focus.previous': { title: 'Previous region', menu: 'Help', group: 'region', key: 'Shift+F6' },

  'live.charts': { title: 'Live: Charts', menu: 'Live', group: 'live', kind: 'radio' },
  'live.walks': { title: 'Live: Walks', menu: 'Live', group: 'live', kind: 'radio' },
  'live.results': { title: 'Live: Results', menu: 'Live', group: 'live', kind: 'radio' },
  'charts.in': { title: 'Charts: zoom in', menu: 'Live', group: 'charts' },
  'charts.out': { title: 'Charts: zoom out', menu: 'Live', group: 'charts' },
  'charts.fit': { title: 'Charts: show the whole run', menu: 'Live', group: 'charts' },
  'charts.follow': { title: 'Charts: follow the run', menu: 'Live', group: 'charts' },
  'charts.picture': { title: 'Save picture of the chart', menu: 'Live', group: 'charts' },

  'step.next': { title: 'Next step', menu: 'Walk', group: 'step' },
  'step.previous': { title: 'Previous step', menu: 'Walk', group: 'step' },
  'step.first': { title: 'First step', menu: 'Walk', group: 'step' },
  'step.last': { title: 'Last step', menu: 'Walk', group: 'step' },
  'step.play': { title: 'Slow play', menu: 'Walk', group: 'step', kind: 'check' },
  'walk.latest': { title: 'Latest walk', menu: 'Walk', group: 'walk' },
  'walk.slowest': { title: 'Slowest walk', menu: 'Walk', group: 'walk' },
  'walk.fault': { title: 'Latest page fault', menu: 'Walk', group: 'walk' },
  'walk.cold': { title: 'From cold', menu: 'Walk', group: 'caches', kind: 'check' },

  'memory.picture': { title: 'Memory: Picture', menu: 'Memory', group: 'memory', kind: 'radio' },
  'memory.paths': { title: 'Memory: Page tables', menu: 'Memory', group: 'memory', kind: 'radio' },
  'memory.machine': { title: 'Memory: Machine memory', menu: 'Memory', group: 'memory', kind: 'radio' },
  'memory.hardware': { title: 'Memory: Hardware', menu: 'Memory', group: 'memory', kind: 'radio' },
  'memory.calls': { title: 'Memory: Cooperation', menu: 'Memory', group: 'memory', kind: 'radio' }
} as const satisfies Record<string, CommandRow>

export type CommandId = keyof typeof COMMANDS

/** Of one menu or view. */
export type CommandOf<Name extends Section> = {
  [Id in CommandId]: (typeof COMMANDS)[Id]['menu'] extends Name ? Id : never
}[CommandId]

export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[]

/** With its optional columns, which the literal rows above leave out. */
export const commandRow = (id: CommandId): CommandRow => COMMANDS[id]

export const isCommandId = (text: string): text is CommandId => Object.hasOwn(COMMANDS, text)
