/** The window as its parts; each finds things by the names that a person hears or reads. */
import type { Page } from '@playwright/test'
import { Chart, type ChartName } from './chart'
import { Commands } from './commands'
import { Comparison } from './comparison'
import { EventsTab } from './events-tab'
import { Formula } from './formula'
import { HardwareNumbers } from './hardware-numbers'
import { HelpTab } from './help-tab'
import { Lane } from './lane'
import { LiveTab } from './live-tab'
import { MemoryTab } from './memory-tab'
import { Messages } from './messages'
import { PaperResults } from './paper-results'
import { SetUpPanel } from './set-up-panel'
import { StartScreen } from './start-screen'
import { Tabs } from './tabs'
import { TracePreview } from './trace-preview'
import { Transport } from './transport'
import { WalkTab } from './walk-tab'

export class LabWindow {
  readonly transport: Transport
  readonly setUp: SetUpPanel
  readonly laneA: Lane
  readonly laneB: Lane
  readonly laneC: Lane
  readonly laneD: Lane
  readonly comparison: Comparison
  readonly formula: Formula
  readonly tabs: Tabs
  readonly start: StartScreen
  readonly live: LiveTab
  readonly walk: WalkTab
  readonly memory: MemoryTab
  readonly events: EventsTab
  readonly help: HelpTab
  readonly tracePreview: TracePreview
  readonly hardwareNumbers: HardwareNumbers
  readonly paperResults: PaperResults
  readonly messages: Messages
  readonly commands: Commands

  constructor(readonly page: Page) {
    this.transport = new Transport(page)
    this.setUp = new SetUpPanel(page)
    this.laneA = new Lane(page, 'A')
    this.laneB = new Lane(page, 'B')
    this.laneC = new Lane(page, 'C')
    this.laneD = new Lane(page, 'D')
    this.comparison = new Comparison(page)
    this.formula = new Formula(this.comparison.region)
    this.tabs = new Tabs(page)
    this.start = new StartScreen(page)
    this.live = new LiveTab(page)
    this.walk = new WalkTab(page)
    this.memory = new MemoryTab(page)
    this.events = new EventsTab(page)
    this.help = new HelpTab(page)
    this.tracePreview = new TracePreview(page)
    this.hardwareNumbers = new HardwareNumbers(page)
    this.paperResults = new PaperResults(page)
    this.messages = new Messages(page)
    this.commands = new Commands(page)
  }

  chart(name: ChartName): Chart {
    return new Chart(this.page, name)
  }
}
