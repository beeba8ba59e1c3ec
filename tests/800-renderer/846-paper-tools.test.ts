import { estimatesOf } from '@shared/formulas/paper-results'
import type { PlacedWalks } from '@shared/formulas/places'
import { PAPER_DESIGNS } from '@shared/formulas/designs'
import { ownDesignOf, paperDesignOf } from '@shared/formulas/terms'
import type { ArtifactFiles, PaperResult } from '@shared/model/paper-tools'
import type { RunFormula } from '@shared/model/result'
import { describe, expect, it } from 'vitest'
import { baselineLines, importedRows, importedTsv, whyApart } from '@renderer/composables/imported-rows'
import { nameWithPapers } from '@renderer/composables/paper-name'
import { useFormulaStore } from '@renderer/stores/formula'
import { usePaperToolsStore } from '@renderer/stores/paper-tools'
import { aWindow } from './window-stores'

/** All steps in memory, so that designs differ by how many there are: 24 of 200 cycles for Vanilla. */
const rows: PlacedWalks[] = [{ places: Array.from({ length: 24 }, () => 'MEMORY' as const), count: 10 }]
const result: PaperResult = {
  source: 'expected.virt.txt',
  environment: 'virtualized',
  walks: 10,
  patterns: 1,
  estimates: estimatesOf({ environment: 'virtualized', rows })
}
const perf = {
  kind: 'perf',
  file: 'redis.short',
  pages: ['4K', '2M'],
  walkOverhead: 0.5,
  cyclesPerWalk: 80
} as const
const histogram: ArtifactFiles = {
  files: [{ token: 'h', name: 'expected.virt.txt', content: { ...result, kind: 'histogram' } }],
  results: [result],
  measurements: [perf],
  replay: null,
  seemFrameNumbers: false
}
const dumps: ArtifactFiles = {
  files: [
    { token: 't', name: 'trace.bin', content: { kind: 'trace', records: 3 } },
    {
      token: 'g',
      name: 'pt_dump',
      content: { kind: 'dump', pages: 2, role: 'guest', seemsFrameNumbers: true }
    }
  ],
  results: [],
  measurements: [],
  replay: { trace: 't', tables: 'g', hostTables: null },
  seemFrameNumbers: true
}
const formula: RunFormula = {
  lane: 'radix',
  pages: '4K',
  walks: 100,
  walkOverhead: 0.25,
  cyclesPerWalk: { vanilla: 200, pvdmt: 100 },
  pageWalkSpeedup: { pvdmt: 2 },
  applicationSpeedup: { pvdmt: 1.14 }
}

async function aWindowWith(files: ArtifactFiles, hasRun = true) {
  const window = await aWindow()
  const tools = usePaperToolsStore()
  window.lab.artifact.set(files.files[0].token, files)
  window.lab.chosen = files.files.map(({ token }) => token)
  if (hasRun) {
    window.lab.formula = formula
    await window.session.prepare()
    await window.session.stepAccess()
  }
  return { ...window, tools, formulaStore: useFormulaStore() }
}

describe('files of the paper’s tools', () => {
  it('are shown instead of a trace’s preview', async () => {
    const { files, tools, notices } = await aWindowWith(histogram)
    await files.choose()
    expect(tools.looked?.results[0].source).toBe('expected.virt.txt')
    expect([files.preview, files.isReading, notices.notices]).toEqual([null, false, []])
  })

  it('stand beside the run’s formula, design by design', async () => {
    const { files, tools } = await aWindowWith(histogram)
    await files.choose()
    if (tools.imported === null) throw new Error('nothing was imported')
    const [vanilla] = importedRows(tools.imported, tools.run)
    expect(vanilla).toMatchObject({ cycles: '4,800.00', speedup: 'baseline', runCycles: '200.00' })
    const pvdmt = importedRows(tools.imported, tools.run).find((row) => row.design === 'pvdmt')
    // Two reads for 24; half of the time was walks: 1 / (0.5 + 0.5 / 12).
    expect(pvdmt).toMatchObject({ speedup: '12.00×', application: '1.85×', runSpeedup: '2.00×' })
    expect(baselineLines(tools.imported, tools.measurements, tools.run).join(' ')).toMatch(
      /4,800.00 cycles per walk by formula; measured in redis.short: 80.00 .*50.0.% overhead.*25.0.% overhead emulated/
    )
  })

  it('can be copied with tabs, in plain numbers', async () => {
    const { files, tools } = await aWindowWith(histogram)
    await files.choose()
    if (tools.imported === null) throw new Error('nothing was imported')
    const lines = importedTsv(tools.imported, tools.run).trimEnd().split('\n')
    expect(new Set(lines.map((line) => line.split('\t').length))).toEqual(new Set([6]))
    expect(lines[1]).toBe('Vanilla\t4800.0000\t\t\t200.0000\t')
  })

  it('do not stand beside a run of other walks', async () => {
    const { files, tools } = await aWindowWith(histogram)
    await files.choose()
    tools.choosePages('2M')
    if (tools.imported === null) throw new Error('nothing was imported')
    expect(whyApart(tools.imported, tools.run)).toContain('4K pages')
    expect(importedRows(tools.imported, tools.run).map((row) => row.runCycles)).not.toContain('200.00')
    expect(whyApart(tools.imported, null)).toContain('no formula result')
  })

  it('are laid over until they are removed, also when the dialog and the session are gone', async () => {
    const { files, tools, formulaStore, session } = await aWindowWith(histogram)
    await files.choose()
    tools.layOver()
    expect([tools.looked, formulaStore.isOpen]).toEqual([null, true])
    await session.reset()
    expect(tools.overlay?.source).toBe('expected.virt.txt')
    tools.removeOverlay()
    expect(tools.overlay).toBeNull()
  })

  it('are replayed with the columns as they seem, or as they are said to be', async () => {
    const { lab, files, tools } = await aWindowWith(dumps, false)
    const asked: unknown[] = []
    lab.calls['artifact/replay'] = async (choice) => {
      asked.push(choice)
      return { result, records: 3, dropped: 0, tlbs: [] }
    }
    await files.choose()
    expect([tools.frameNumbers, tools.imported]).toEqual([true, null])
    await tools.chooseColumns(false)
    await tools.replay()
    expect(asked).toEqual([{ trace: 't', tables: 'g', hostTables: null, frameNumbers: false }])
    expect(tools.imported?.source).toBe('expected.virt.txt')
    await tools.chooseColumns(true)
    expect(tools.imported).toBeNull()
  })

  it('say in one line why a replay failed, and can be replayed again', async () => {
    const { files, tools } = await aWindowWith(dumps, false)
    await files.choose()
    await tools.replay()
    expect(tools.failure).toBe('the replay was cancelled, press Replay to begin it again')
    expect([tools.isReplaying, tools.replayed]).toEqual([false, null])
  })

  it('end their replay when the dialog is closed, and show nothing of it', async () => {
    const { lab, files, tools } = await aWindowWith(dumps, false)
    let isCancelled = false
    lab.calls['artifact/cancel'] = async () => void (isCancelled = true)
    lab.calls['artifact/replay'] = async () => {
      tools.close()
      return { result, records: 3, dropped: 0, tlbs: [] }
    }
    await files.choose()
    await tools.replay()
    expect([isCancelled, tools.replayed, tools.looked]).toEqual([true, null, null])
  })
})

describe('designs of the paper', () => {
  it('are designs of the lab, which they are found by again', () => {
    for (const { id } of PAPER_DESIGNS) expect(paperDesignOf(ownDesignOf(id))).toBe(id)
  })

  it('bear the lab’s title, with the paper’s name only where it says more', () => {
    expect(nameWithPapers('Radix', 'Vanilla')).toBe('Radix (Vanilla)')
    expect(nameWithPapers('Agile paging', 'Agile')).toBe('Agile paging')
    expect(nameWithPapers('pvDMT', 'pvDMT')).toBe('pvDMT')
  })
})
