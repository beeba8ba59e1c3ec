/** The menus File, Tools and Help. */
import type { Bindings } from './binding'
import { switchCommands } from './switches'
import { letterOf } from '@renderer/lanes/letters'
import { useChecked } from '@renderer/composables/checked'
import { useRecentFiles } from '@renderer/composables/recent-files'
import { moveRegion } from '@renderer/composables/regions'
import { useReport } from '@renderer/composables/report'
import { useTour } from '@renderer/composables/tour'
import { pageOf } from '@renderer/composables/what-is'
import { useFilesStore } from '@renderer/stores/files'
import { useHelpStore } from '@renderer/stores/help'
import { useHardwareStore } from '@renderer/stores/hardware'
import { useJsonFilesStore } from '@renderer/stores/json-files'
import { useLanesStore } from '@renderer/stores/lanes'
import { useNoticesStore } from '@renderer/stores/notices'
import { usePresetsStore } from '@renderer/stores/presets'
import { useRecentStore } from '@renderer/stores/recent'
import { useSetupHistoryStore } from '@renderer/stores/setup-history'
import { useViewStore, type WindowDialog } from '@renderer/stores/view'

export function fileCommands(): Bindings<'File'> {
  const files = useFilesStore()
  const jsonFiles = useJsonFilesStore()
  const recent = useRecentStore()
  const { clear } = useRecentFiles()
  const { exportReport, exportBlocked } = useReport()

  return {
    'file.import': {
      run: files.choose,
      blocked: () => (files.isReading ? 'A file is being read' : null)
    },
    'file.setup': { run: jsonFiles.choose },
    'file.forget': {
      run: clear,
      blocked: () => (recent.files.length === 0 ? 'No file has been used yet' : null)
    },
    'file.report': { run: exportReport, blocked: () => exportBlocked.value }
  }
}

export function toolsCommands(): Bindings<'Tools'> {
  const view = useViewStore()
  const hardware = useHardwareStore()
  const history = useSetupHistoryStore()
  const presets = usePresetsStore()
  const lanes = useLanesStore()
  const notices = useNoticesStore()
  const checked = useChecked()
  const open = (dialog: WindowDialog) => (): void => void (view.dialog = dialog)

  return {
    'tools.commands': { run: open('commands') },
    'setup.undo': {
      run: () => checked(history.undo),
      blocked: () => (history.undoes === null ? 'The set-up has not been changed' : null),
      note: () => history.undoes
    },
    'setup.redo': {
      run: () => checked(history.redo),
      blocked: () => (history.redoes === null ? 'Nothing has been undone' : null),
      note: () => history.redoes
    },
    'lane.add': {
      run: () => notices.attempt('The lane was not added', lanes.add),
      blocked: () => lanes.addBlocked
    },
    'lane.remove': {
      run: () => notices.attempt('The lane was not removed', () => lanes.remove(lanes.drafted.length - 1)),
      blocked: () => (lanes.drafted.length > 1 ? null : 'Lane A is what others are compared with and stays'),
      note: () => letterOf(Math.max(0, lanes.drafted.length - 1))
    },
    'lane.compare': {
      run: lanes.compareNext,
      blocked: () => (lanes.shown > 2 ? null : 'There is no other lane to compare with'),
      note: () => `now ${letterOf(lanes.against)}`
    },
    ...switchCommands(),
    'preset.save': {
      run: open('save-preset'),
      blocked: () => (presets.isFull ? 'There are as many as can be kept, delete one first' : null)
    },
    'preset.manage': {
      run: open('presets'),
      blocked: () => (presets.own.length === 0 ? 'There is none yet, save one first' : null)
    },
    'setup.hardware': { run: () => void (hardware.isShown = true) }
  }
}

export function helpCommands(): Bindings<'Help'> {
  const view = useViewStore()
  const help = useHelpStore()
  const tour = useTour()
  return {
    'help.start': { run: () => help.open('page/start') },
    'help.tour': { run: tour.begin },
    'help.search': { run: help.beginSearch },
    'help.explain': { run: () => help.open(pageOf(document.activeElement) ?? 'page/start') },
    'help.keys': { run: () => void (view.dialog = 'keys') },
    'help.singleKeys': {
      run: () => void (view.hasSingleKeys = !view.hasSingleKeys),
      isOn: () => view.hasSingleKeys
    },
    'focus.next': { run: () => moveRegion(1) },
    'focus.previous': { run: () => moveRegion(-1) }
  }
}
