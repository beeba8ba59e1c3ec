/** G13: a TEA moves while another CPU walks; after each step of the move the walk is made again. */
import { describe, expect, it } from 'vitest'
import { pageFrom, pageHigh, pageLow } from '@shared/address/address'
import { DIRTY } from '@shared/arch/entry'
import { LOAD, STORE } from '@shared/model/access'
import type { MoveStep } from '@main/software/tea/tea-policy'
import type { Tea } from '@main/software/tea/tea'
import type { Walk } from '@main/hardware/walker/walk'
import { REGION, TeaScene } from '../builders/tea-scene'
import { machineFrameBehind } from '../builders/stack-laws'

const START = 0x7f1234400
const SLOTS = 32
const TARGET = START + 9 * REGION + 77
const STEPS: readonly MoveStep[] = [
  'register-off',
  'copied',
  'repointed',
  'flushed',
  'released',
  'register-on'
]
const SCENES = [
  ['native', 'dmt'],
  ['virtualized', 'dmt'],
  ['virtualized', 'pvdmt'],
  ['nested', 'pvdmt']
] as const

/** A TEA whose next frames are taken, so that it moves when its area grows. */
function movingScene(environment: string, design: string): { scene: TeaScene; tea: Tea; grow: () => void } {
  const area = { start: START, pages: SLOTS * REGION, name: 'main' }
  const scene = new TeaScene({ environment, lanes: [design], cpu: { count: 2 } }, [area])
  scene.machine.stack.populate(TARGET, false)
  scene.touchAll(scene.area('main'))
  const [tea] = scene.teas.teas
  scene.hold(tea.base + SLOTS, 1)
  const grow = (): void => {
    scene.resize(scene.area('main'), START, START + (SLOTS + 8) * REGION)
    scene.touch(START + (SLOTS + 3) * REGION)
  }
  return { scene, tea, grow }
}

interface Seen {
  readonly frame: number
  readonly leafTable: number
  readonly fellBack: boolean
  readonly registers: number
}

/** A walk on the other CPU, with its walk caches. */
function walkOnOtherCpu(scene: TeaScene, access: number): Seen {
  const { machine } = scene
  const walk: Walk = machine.walk
  let frame = -1
  for (let tries = 0; frame < 0 && tries < 64; tries++) {
    // What L0 has not combined yet is filled on the way: the tree of a nested guest is walked through EPT02.
    if (tries > 0) machine.stack.serve(walk, pageFrom(walk.faultHigh, walk.faultLow), access)
    walk.begin()
    frame = machine.cpus[1].stage.translate(pageHigh(TARGET), pageLow(TARGET), access)
  }
  const steps = Array.from({ length: walk.end - walk.start }, (_, i) => walk.start + i)
  const inner = machine.stack.layers.length - 1
  const leaf = steps.findLast((n) => ((walk.steps[n] >> 12) & 3) === inner) ?? -1
  return {
    frame,
    leafTable: walk.machineFrame[leaf],
    fellBack: walk.fellBack,
    registers: walk.registerMatches
  }
}

function machineFramesOf(scene: TeaScene, tea: Tea): Set<number> {
  const { machine, layer } = scene
  return new Set(
    Array.from({ length: tea.slots }, (_, i) => machineFrameBehind(machine, layer.index, tea.base + i))
  )
}

const leafLow = (scene: TeaScene): number => scene.space.table.find(TARGET).low

describe.each(SCENES)('a move in %s %s', (environment, design) => {
  it('G13 takes its steps in order, and the other CPU reaches the same page after each', () => {
    const { scene, tea, grow } = movingScene(environment, design)
    const before = walkOnOtherCpu(scene, LOAD)
    expect([before.fellBack, before.frame > 0]).toEqual([false, true])
    const steps: MoveStep[] = []
    scene.teas.onMoveStep = (step) => {
      steps.push(step)
      const { frame, fellBack } = walkOnOtherCpu(scene, LOAD)
      // Walks in the window go by the tree, and count as such.
      expect([step, frame, fellBack]).toEqual([step, before.frame, step !== 'register-on'])
    }
    const old = tea.base
    grow()
    expect(steps).toEqual(STEPS)
    expect([tea.slots, tea.base === old]).toEqual([2 * SLOTS, false])
    scene.check()
    scene.checkTranslations([TARGET, START, START + (SLOTS + 3) * REGION])
  })

  it.each(['copied', 'repointed'] as const)(
    'G13 a D bit set in the old page after the step "%s" is not lost',
    (at) => {
      const { scene, tea, grow } = movingScene(environment, design)
      const old = machineFramesOf(scene, tea)
      let wasOld = false
      expect(leafLow(scene) & DIRTY).toBe(0)
      scene.teas.onMoveStep = (step) => {
        // A walk by the tree, whose upper entries the walk caches then keep.
        if (step === 'register-off') walkOnOtherCpu(scene, LOAD)
        if (step === at) wasOld = old.has(walkOnOtherCpu(scene, STORE).leafTable)
      }
      grow()
      expect(wasOld, 'the walk wrote to the old page').toBe(true)
      expect(leafLow(scene) & DIRTY).toBe(DIRTY)
      scene.check()
    }
  )

  it('G13 no walk reads an old page after the flush, and none is free before', () => {
    const { scene, tea, grow } = movingScene(environment, design)
    const old = machineFramesOf(scene, tea)
    const { base, grant } = tea
    const readsOld = new Map<MoveStep, boolean>()
    scene.teas.onMoveStep = (step) => {
      readsOld.set(step, old.has(walkOnOtherCpu(scene, LOAD).leafTable))
      const isFree = grant === null && scene.layer.frames.isFree(base)
      if (step !== 'released' && step !== 'register-on') expect(isFree).toBe(false)
    }
    grow()
    expect(STEPS.map((step) => readsOld.get(step))).toEqual([true, true, true, false, false, false])
  })
})

describe('tables made before their TEA', () => {
  it('move into it when there is room at last, with the bits walkers set meanwhile', () => {
    const area = { start: START, pages: SLOTS * REGION, name: 'main' }
    const scene = new TeaScene({ cpu: { count: 2 } }, [area])
    const held = scene.scatter(20)
    scene.machine.stack.populate(TARGET, false)
    const ordinary = scene.space.table.tableOf(TARGET, 1)
    expect([scene.teas.teas.length, scene.count('tablesOutside')]).toEqual([0, 1])
    scene.gather(held)
    const steps: MoveStep[] = []
    scene.teas.onMoveStep = (step) => {
      steps.push(step)
      if (step === 'repointed') walkOnOtherCpu(scene, STORE)
    }
    scene.touch(START)
    expect(steps).toEqual(['copied', 'repointed', 'flushed', 'released'])
    expect([scene.teas.teas[0].slotsUsed, scene.layer.frames.isFree(ordinary)]).toEqual([2, true])
    expect(leafLow(scene) & DIRTY).toBe(DIRTY)
    scene.check()
    scene.checkTranslations([TARGET, START])
  })
})
