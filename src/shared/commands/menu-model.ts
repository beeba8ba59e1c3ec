/** The menus as they stand now: the table's rows with their states. Drawn by the window or by the desktop's own menu. */
import { z } from 'zod'
import { MENUS, SECTIONS, type Section } from './command'
import { COMMAND_IDS, commandRow, type CommandId } from './table'

const menuItemSchema = z.strictObject({
  /** A command's, or that of an item which is not in the table, such as a recent file. */
  id: z.string().max(60),
  title: z.string().max(200),
  /** What it would act on. */
  note: z.string().max(200).nullable(),
  key: z.string().max(20).nullable(),
  /** Why it cannot be done now. */
  blocked: z.string().max(300).nullable(),
  kind: z.enum(['plain', 'check', 'radio']),
  isOn: z.boolean()
})
export type MenuItem = z.infer<typeof menuItemSchema>

const menuSchema = z.strictObject({
  name: z.enum(MENUS),
  /** Items that stand together, between two lines. */
  groups: z.array(z.array(menuItemSchema).max(60)).max(20)
})
export type MenuModel = z.infer<typeof menuSchema>

export const menusSchema = z.array(menuSchema).max(MENUS.length)

/** What the window says of a command. */
export interface CommandState {
  readonly title: string
  readonly note: string | null
  readonly blocked: string | null
  readonly isOn: boolean
  /** What it is about is not in the window now, so menus and palette leave it out. */
  readonly isAbsent?: boolean
}

/** Items that stand before a group's commands. */
export type MoreItems = Readonly<Record<string, readonly MenuItem[]>>

export function menuItem(id: CommandId, { title, note, blocked, isOn }: CommandState): MenuItem {
  const { key, kind } = commandRow(id)
  return { id, title, note, key: key ?? null, blocked, kind: kind ?? 'plain', isOn }
}

const itemsPresent = (ids: readonly CommandId[], stateOf: (id: CommandId) => CommandState): MenuItem[] =>
  ids.flatMap((id) => {
    const state = stateOf(id)
    return state.isAbsent ? [] : [menuItem(id, state)]
  })

function groupsOf(
  ids: readonly CommandId[],
  stateOf: (id: CommandId) => CommandState,
  more: MoreItems
): MenuItem[][] {
  const names = [...new Set(ids.map((id) => commandRow(id).group))]
  return names.map((name) => [
    ...(more[name] ?? []),
    ...itemsPresent(
      ids.filter((id) => commandRow(id).group === name),
      stateOf
    )
  ])
}

/** Commands of a menu or view as they stand. */
export interface SectionModel<Name extends Section = Section> {
  readonly name: Name
  readonly groups: MenuItem[][]
}

const sectionModels = <Name extends Section>(
  names: readonly Name[],
  stateOf: (id: CommandId) => CommandState,
  more: MoreItems
): SectionModel<Name>[] =>
  names.map((name) => ({
    name,
    groups: groupsOf(
      COMMAND_IDS.filter((id) => commandRow(id).menu === name),
      stateOf,
      more
    )
  }))

/** Every command there is, as the palette lists them. */
export const paletteModels = (
  stateOf: (id: CommandId) => CommandState,
  more: MoreItems = {}
): SectionModel[] => sectionModels(SECTIONS, stateOf, more)

export const menuModels = (stateOf: (id: CommandId) => CommandState, more: MoreItems = {}): MenuModel[] =>
  sectionModels(MENUS, stateOf, more)

/** Before the window has said anything nothing can be done. */
export const menusAtStart = (): MenuModel[] =>
  menuModels((id) => ({
    title: commandRow(id).title,
    note: null,
    blocked: 'The lab is starting',
    isOn: false
  }))
