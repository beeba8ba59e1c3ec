import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import {
  ariaShortcut,
  electronAccelerator,
  isSingleKey,
  keyCaps,
  matches
} from '@shared/commands/accelerator'
import { MENUS, SECTIONS, VIEWS } from '@shared/commands/command'
import { menuModels, menusAtStart, menusSchema, paletteModels } from '@shared/commands/menu-model'
import { COMMAND_IDS, commandRow, isCommandId, type CommandId } from '@shared/commands/table'
import { findCommands } from '@renderer/commands/find'
import { useTransport } from '@renderer/composables/transport'
import { useCommandsStore } from '@renderer/stores/commands'
import { useHelpStore } from '@renderer/stores/help'
import { useLanesStore } from '@renderer/stores/lanes'
import { useMemoryStore } from '@renderer/stores/memory'
import { TABS, useViewStore } from '@renderer/stores/view'
import { useWalkStore } from '@renderer/stores/walk'
import { aWalk, pvdmt } from '../builders/walk-records'
import { aWindow } from './window-stores'

const rows = COMMAND_IDS.map(commandRow)
const palette = paletteModels((id) => ({
  title: commandRow(id).title,
  note: null,
  blocked: null,
  isOn: false
}))
const keys = rows.flatMap(({ key }) => key ?? [])

/** Of the transport and of the set-up's foot, and the switches that stand in the window at the start. */
const BUTTONS = [
  'Run',
  'Pause',
  'Step access',
  'Step inside walk',
  'Step back',
  'Reset',
  'Import trace',
  'Export report'
]
const SWITCHES = ['Lane A DMT', 'Lane B DMT', 'Lane C DMT', 'Lane D DMT', 'Cooperative allocation']

const VIEW_IDS = ['view.live', 'view.walk', 'view.memory', 'view.events', 'view.help'] as const

/** A press of exactly these keys. */
function press(text: string, isMac: boolean) {
  const parts = text.split('+')
  const has = (name: string): boolean => parts.slice(0, -1).includes(name)
  return {
    key: parts[parts.length - 1],
    ctrlKey: has('Ctrl') && !isMac,
    metaKey: has('Ctrl') && isMac,
    altKey: has('Alt'),
    shiftKey: has('Shift')
  }
}

describe('the table of commands', () => {
  it('gives no key twice and no title twice', () => {
    expect(new Set(keys).size).toBe(keys.length)
    const titles = rows.flatMap(({ title, opposite }) => (opposite ? [title, opposite] : [title]))
    expect(new Set(titles.map((title) => title.toLowerCase())).size).toBe(titles.length)
  })

  it('bears the names of the controls in the window', () => {
    const titles = rows.flatMap(({ title, opposite }) => (opposite ? [title, opposite] : [title]))
    expect(titles).toEqual(expect.arrayContaining([...BUTTONS, ...SWITCHES, ...TABS]))
  })

  it('names no command as what is done elsewhere but one that there is', () => {
    const elsewhere = rows.flatMap((row) => row.elsewhere ?? [])
    expect(elsewhere).toEqual(['Step back'])
    for (const title of elsewhere) expect(rows.map((row) => row.title)).toContain(title)
  })

  it('leaves out of menus and palette what the window does not have', () => {
    const without = (gone: string) => (id: CommandId) => ({
      title: commandRow(id).title,
      note: null,
      blocked: null,
      isOn: false,
      isAbsent: id === gone
    })
    fc.assert(
      fc.property(fc.constantFrom(...COMMAND_IDS), (gone) => {
        const left = paletteModels(without(gone)).flatMap(({ groups }) => groups.flat().map(({ id }) => id))
        expect([...left].sort()).toEqual(COMMAND_IDS.filter((id) => id !== gone).sort())
        expect(menusSchema.safeParse(menuModels(without(gone))).success).toBe(true)
      }),
      { numRuns: 20 }
    )
  })

  it('has each command once in the palette, and in a menu what is not about the parts of one view', () => {
    const inPalette = palette.flatMap(({ groups }) => groups.flat().map(({ id }) => id))
    expect([...inPalette].sort()).toEqual([...COMMAND_IDS].sort())
    expect(findCommands(palette, '').map(({ item }) => item.id)).toEqual(inPalette)
    const inMenus = menusAtStart().flatMap(({ groups }) => groups.flat().map(({ id }) => id))
    const ofViews = COMMAND_IDS.filter((id) => VIEWS.some((view) => view === commandRow(id).menu))
    expect([...inMenus, ...ofViews].sort()).toEqual([...COMMAND_IDS].sort())
    for (const section of SECTIONS)
      expect(palette.find(({ name }) => name === section)?.groups.length).toBeGreaterThan(0)
    expect(menusAtStart().map(({ name }) => name)).toEqual([...MENUS])
  })

  it('finds a command by its title, and puts the one that begins so first', () => {
    for (const { title } of rows) expect(findCommands(palette, title)[0].item.title).toBe(title)
    expect(findCommands(palette, 'xyzzy')).toEqual([])
  })

  it('crosses to the desktop as it is', () => {
    expect(menusSchema.parse(menusAtStart())).toEqual(menusAtStart())
  })

  it('puts more items before the commands of their group', () => {
    const item = { id: 'recent.0', title: 'a.trace', note: null, key: null, blocked: null, isOn: false }
    const more = { recent: [{ ...item, kind: 'plain' as const }] }
    const [file] = menuModels(() => ({ title: 'x', note: null, blocked: null, isOn: false }), more)
    const group = file.groups.find((one) => one.some(({ id }) => id === 'recent.0'))
    expect(group?.map(({ id }) => id)).toEqual(['recent.0', 'file.forget'])
  })
})

describe('keys of commands', () => {
  const anyKey = fc.constantFrom(...keys)

  it('are heard by one command alone, on every keyboard', () => {
    fc.assert(
      fc.property(anyKey, anyKey, fc.boolean(), (mine, other, isMac) => {
        expect(matches(mine, press(other, isMac), isMac)).toBe(mine === other)
      })
    )
  })

  it('are not heard with a modifier more', () => {
    fc.assert(
      fc.property(anyKey, fc.boolean(), (key, isMac) => {
        expect(matches(key, { ...press(key, isMac), altKey: true }, isMac)).toBe(false)
        expect(matches(key, { ...press(key, isMac), ctrlKey: true, metaKey: true }, isMac)).toBe(false)
      })
    )
  })

  it('take a sign whether Shift was needed for it or not', () => {
    const typed = { key: '?', ctrlKey: false, altKey: false, metaKey: false }
    expect([true, false].map((shiftKey) => matches('?', { ...typed, shiftKey }, false))).toEqual([true, true])
    const plus = { key: '+', ctrlKey: true, altKey: false, metaKey: false, shiftKey: true }
    expect(matches('Ctrl+=', plus, false)).toBe(true)
  })

  it('are written as each reader needs them', () => {
    expect(keyCaps('Ctrl+Shift+P', false)).toEqual(['Ctrl', 'Shift', 'P'])
    expect(keyCaps('Ctrl+Shift+P', true)).toEqual(['⌘', '⇧', 'P'])
    expect(electronAccelerator('Ctrl+Shift+P')).toBe('CommandOrControl+Shift+P')
    expect([ariaShortcut('Ctrl+Z', false), ariaShortcut('Ctrl+Z', true)]).toEqual(['Control+Z', 'Meta+Z'])
    expect(['?', 'F5', 'Ctrl+Z'].map(isSingleKey)).toEqual([true, false, false])
  })
})

describe('commands in the window', () => {
  it('say why they cannot be done, and are passed over then', async () => {
    const { lab, session } = await aWindow()
    const commands = useCommandsStore()
    expect(commands.stateOf('run.reset')).toMatchObject({ title: 'Reset', blocked: 'Nothing has run yet' })
    commands.execute('run.reset')
    commands.execute('no.such.command')
    expect(lab.asked).toEqual([])
    await session.run()
    expect(commands.stateOf('run.reset').blocked).toBeNull()
    expect(commands.stateOf('run.stepAccess').blocked).toBe('Pause first, then step')
  })

  it('change their title while they do the opposite', async () => {
    const { session } = await aWindow()
    const commands = useCommandsStore()
    expect(commands.stateOf('run.run').title).toBe('Run')
    await session.run()
    expect(commands.stateOf('run.run')).toMatchObject({ title: 'Pause', isOn: false })
  })

  it('say that a step after the end begins the run anew', async () => {
    const { lab, session } = await aWindow()
    const [commands, view, walk] = [useCommandsStore(), useViewStore(), useWalkStore()]
    const { accessAnew, insideAnew } = useTransport()
    const notes = (): unknown[] =>
      (['run.stepAccess', 'run.stepInside'] as const).map((id) => commands.stateOf(id).note)
    lab.calls['walk/get'] = async () => [aWalk(), pvdmt()]
    await session.stepToWalk()
    expect([...notes(), accessAnew.value, insideAnew.value]).toEqual([null, null, null, null])
    lab.advance(10_000_000)
    expect(notes()).toEqual(['begins the run anew', 'begins the run anew'])
    expect([accessAnew.value, insideAnew.value]).toEqual([
      expect.stringMatching(/^Begins the run anew/),
      expect.stringMatching(/^Begins the run anew/)
    ])
    view.show('Walk')
    await walk.load('first')
    expect(notes()).toEqual(['begins the run anew', null])
  })

  it('do not begin anew with a set-up that cannot be built', async () => {
    const { lab, session, setup } = await aWindow()
    const commands = useCommandsStore()
    await session.run()
    await setup.change({ warmup: 5_000_000 })
    await session.pause()
    expect(commands.stateOf('run.run').blocked).toBeNull()
    lab.advance(10_000_000)
    expect(commands.stateOf('run.run').blocked).toBe('The warm-up leaves no references to measure.')
  })

  it('leave the set-up as it is where a presenter has none', async () => {
    await aWindow()
    const [commands, view] = [useCommandsStore(), useViewStore()]
    view.isPresenting = true
    commands.execute('view.setup')
    expect(view.isSetupFolded).toBe(false)
    expect(commands.stateOf('view.setup').blocked).toBe('Presenter mode shows no set-up')
    view.isPresenting = false
    commands.execute('view.setup')
    expect(view.isSetupFolded).toBe(true)
  })

  it('mark no view while the questions are on show', async () => {
    await aWindow()
    const [commands, view] = [useCommandsStore(), useViewStore()]
    const on = () => VIEW_IDS.filter((id) => commands.stateOf(id).isOn)
    view.show('Help')
    expect(on()).toEqual(['view.help'])
    view.isAsking = true
    expect(on()).toEqual([])
    commands.execute('view.help')
    expect([on(), view.isAsking]).toEqual([['view.help'], false])
  })

  it('zoom by steps, and no further than the last one', async () => {
    await aWindow()
    const commands = useCommandsStore()
    const view = useViewStore()
    const sizes = Array.from({ length: 8 }, () => {
      commands.execute('zoom.in')
      return view.zoom
    })
    expect(sizes).toEqual([110, 125, 150, 175, 200, 200, 200, 200])
    expect(commands.stateOf('zoom.in').blocked).not.toBeNull()
    for (let i = 0; i < 9; i++) commands.execute('zoom.out')
    expect(view.zoom).toBe(80)
    commands.execute('zoom.reset')
    expect(view.zoom).toBe(100)
  })

  it('go to a part of a view, and say which one is on show', async () => {
    await aWindow()
    const [commands, view, memory, help] = [
      useCommandsStore(),
      useViewStore(),
      useMemoryStore(),
      useHelpStore()
    ]
    const goes = { 'memory.paths': 'Page tables', 'memory.calls': 'Cooperation' } as const
    for (const [id, section] of Object.entries(goes)) {
      commands.execute(id)
      expect([view.tab, memory.section]).toEqual(['Memory', section])
    }
    commands.execute('live.results')
    expect(['live.results', 'live.charts', 'memory.calls'].map((id) => isOn(id))).toEqual([
      true,
      false,
      false
    ])
    commands.execute('help.search')
    expect([view.tab, help.awaited]).toEqual(['Help', 'search'])
    commands.execute('help.start')
    expect([help.topic, help.awaited]).toEqual(['start', 'page'])

    function isOn(id: string): boolean {
      return isCommandId(id) && commands.stateOf(id).isOn
    }
  })

  it('choose walks and steps once there is a run', async () => {
    const { lab, session } = await aWindow()
    lab.calls['walk/get'] = async () => [aWalk(), pvdmt()]
    const [commands, view, walk] = [useCommandsStore(), useViewStore(), useWalkStore()]
    expect(commands.stateOf('walk.slowest').blocked).toBe('Nothing has run yet')
    expect(commands.stateOf('step.next').blocked).toBe('No walk is shown yet')
    await session.stepToWalk()
    commands.execute('walk.slowest')
    expect([view.tab, walk.wanted.which]).toEqual(['Walk', 'slowest'])
    await vi.waitFor(() => expect(walk.hasWalk).toBe(true))
    expect(commands.stateOf('step.next').blocked).toBe('This is the last step')
    commands.execute('step.first')
    expect([walk.cursor?.n, commands.stateOf('step.first').blocked]).toEqual([1, 'This is the first step'])
    commands.execute('step.next')
    expect(walk.cursor).toEqual({ lane: walk.cursor?.lane, n: walk.cursor?.lane === 0 ? 2 : 1 })
    commands.execute('walk.cold')
    expect(commands.stateOf('walk.cold').isOn).toBe(true)
  })

  it('switch each lane that there is, and say why one cannot be switched', async () => {
    const { lab, session, setup } = await aWindow()
    const [commands, lanes] = [useCommandsStore(), useLanesStore()]
    const shown = (): string[] =>
      commands.palette.flatMap(({ groups }) => groups.flat().map(({ title }) => title))
    expect(shown().filter((title) => title.endsWith(' DMT'))).toEqual(['Lane A DMT', 'Lane B DMT'])
    expect(['switch.a', 'switch.b'].map((id) => isCommandId(id) && commands.stateOf(id).isOn)).toEqual([
      false,
      true
    ])

    commands.execute('switch.c')
    expect(setup.draft?.lanes).toHaveLength(2)
    await lanes.add()
    expect(shown()).toContain('Lane C DMT')
    await setup.setDesign(2, 'ideal')
    expect(commands.stateOf('switch.c').blocked).toMatch(/no registers to switch/)

    await session.run()
    commands.execute('switch.b')
    await vi.waitFor(() => expect(commands.stateOf('switch.b').isOn).toBe(false))
    expect(lab.asked).toContainEqual({ name: 'lane/dmt', args: [1, false] })
  })

  it('end and resume cooperation, as the switch of the set-up does', async () => {
    const { session, setup } = await aWindow()
    const commands = useCommandsStore()
    expect(commands.stateOf('switch.cooperation')).toMatchObject({ isOn: true, blocked: null })
    commands.execute('switch.cooperation')
    await vi.waitFor(() => expect(setup.draft?.cooperation).toBe(false))
    await session.run()
    commands.execute('switch.cooperation')
    await vi.waitFor(() => expect(setup.draft?.cooperation).toBe(true))
    expect(session.snapshot?.cooperation).toBe(true)
    await setup.change({ environment: 'native' })
    expect(commands.stateOf('switch.cooperation')).toMatchObject({
      isOn: false,
      blocked: 'With no host there is nobody to cooperate with'
    })
  })

  it('step back by an access where no step of a walk can be undone', async () => {
    const { lab, session } = await aWindow()
    lab.calls['walk/get'] = async () => [aWalk(), pvdmt()]
    const [commands, view, walk] = [useCommandsStore(), useViewStore(), useWalkStore()]
    expect(commands.stateOf('run.stepOut').blocked).toBe('No access has been made yet')
    await session.stepToWalk()
    commands.execute('walk.latest')
    await vi.waitFor(() => expect(walk.hasWalk).toBe(true))
    const [at, references] = [walk.cursor, session.snapshot?.references ?? 0]
    commands.execute('run.stepOut')
    expect(walk.cursor).not.toEqual(at)
    expect([references, session.snapshot?.references]).toEqual([12, 12])

    view.show('Live')
    commands.execute('run.stepOut')
    await vi.waitFor(() => expect(session.snapshot?.references).toBe(11))
    view.show('Walk')
    commands.execute('step.first')
    expect(commands.stateOf('run.stepOut').note).toBe('here: one access back')
    commands.execute('run.stepOut')
    await vi.waitFor(() => expect(session.snapshot?.references).toBe(10))
  })

  it('add lanes, take the last one away, and say which is compared with A', async () => {
    const { session } = await aWindow()
    const [commands, lanes] = [useCommandsStore(), useLanesStore()]
    expect(commands.stateOf('lane.compare').blocked).not.toBeNull()
    commands.execute('lane.add')
    await vi.waitFor(() => expect(lanes.drafted).toHaveLength(3))
    commands.execute('lane.compare')
    expect(commands.stateOf('lane.compare').note).toBe('now C')
    expect(commands.stateOf('lane.remove').note).toBe('C')
    commands.execute('lane.remove')
    await vi.waitFor(() => expect(lanes.drafted).toHaveLength(2))
    expect(session.hasSession).toBe(false)
  })

  it('offer files that were used, and say which have to be chosen again', async () => {
    const { lab } = await aWindow()
    const commands = useCommandsStore()
    const { useRecentStore } = await import('@renderer/stores/recent')
    lab.recent = [
      { name: 'a.trace', token: 't' },
      { name: 'b.trace', token: null }
    ]
    await useRecentStore().load()
    const file = commands.menus.find(({ name }) => name === 'File')?.groups.flat() ?? []
    const recent = file.filter(({ id }) => id.startsWith('recent.'))
    expect(recent.map(({ title, note }) => [title, note])).toEqual([
      ['a.trace', null],
      ['b.trace', 'choose it again']
    ])
  })
})
