/** What the lab offers, fetched once. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Catalogue, DesignInfo, OfferedWorkload } from '@shared/model/catalogue'
import type { Environment } from '@shared/model/environment'
import type { KnobGroup } from '@shared/model/workload-knobs'
import { useLab } from '@renderer/composables/lab'

export const useCatalogueStore = defineStore('catalogue', () => {
  const lab = useLab()
  const catalogue = shallowRef<Catalogue | null>(null)

  async function load(): Promise<void> {
    catalogue.value = await lab.calls['app/catalogue']()
  }

  const designs = computed(() => catalogue.value?.designs ?? [])
  const workloads = computed(() => catalogue.value?.workloads ?? [])
  const scenarios = computed(() => catalogue.value?.scenarios ?? [])
  const traceFormats = computed(() => catalogue.value?.traceFormats ?? [])
  const profiles = computed(() => catalogue.value?.profiles ?? [])

  const designOf = (id: string): DesignInfo | undefined => designs.value.find((d) => d.id === id)
  const designTitle = (id: string): string => designOf(id)?.title ?? id
  const workloadOf = (id?: string): OfferedWorkload | undefined => workloads.value.find((w) => w.id === id)
  const workloadTitle = (id: string): string => workloadOf(id)?.title ?? id
  const scenarioTitle = (id: string): string => scenarios.value.find((s) => s.id === id)?.title ?? id
  /** Of one workload, or of all. */
  const knobPaths = (id?: string): string[] =>
    workloads.value
      .filter((one) => id === undefined || one.id === id)
      .flatMap(({ knobs }) => knobs.map(({ path }) => path))
  const knobGroups = (id?: string): KnobGroup[] => [
    ...new Set(knobPaths(id).map((path) => path.split('.')[0] as KnobGroup))
  ]
  const isOffered = (id: string, environment: Environment): boolean =>
    designOf(id)?.environments.includes(environment) ?? false

  return {
    catalogue,
    designs,
    workloads,
    scenarios,
    traceFormats,
    profiles,
    load,
    designOf,
    designTitle,
    workloadOf,
    workloadTitle,
    scenarioTitle,
    knobPaths,
    knobGroups,
    isOffered
  }
})
