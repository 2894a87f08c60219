import { drawnLineage, type LineagePicture } from '../../../catalogue/index.ts'
import type { Manifest } from '../../../compiler/index.ts'
import { columnLineage, createLineage, type LineageGraph, traceNode } from '../../../lineage/index.ts'
import type { View } from '../describe/view.ts'
import { showsNode } from './entries.ts'

/** The lineage of a manifest is found once: its SQL is parsed for it. */
export function createLineageMemory(): (manifest: Manifest) => Promise<LineageGraph> {
  let known: { readonly manifest: Manifest; readonly graph: Promise<LineageGraph> } | undefined
  return (manifest) => {
    if (known?.manifest === manifest) return known.graph
    const graph = columnLineage(manifest).then((columns) => createLineage(manifest, columns))
    known = { manifest, graph }
    graph.catch(() => {
      if (known?.graph === graph) known = undefined
    })
    return graph
  }
}

/** The lineage of one node, with a name and a link for each node that somebody may see. */
export function lineageOf(node: string, graph: LineageGraph, view: View) {
  const { up, down } = traceNode(graph, node)
  const sources = new Set(view.manifest.sources.map(({ group, name }) => `${group}.${name}`))
  const picture = drawnLineage([...up, ...down], { sources, shows: (id) => showsNode(view, id) })
  return { ...picture, nodes: picture.nodes.map((one) => ({ ...one, ...described(one, view.manifest) })) }
}

function described({ kind, name }: LineagePicture['nodes'][number], manifest: Manifest) {
  const named = <T extends { readonly name: string }>(list: readonly T[]) => list.find((item) => item.name === name)
  switch (kind) {
    case 'metric':
      return { label: named(manifest.metrics)?.label ?? name, href: `/catalogue/metric/${name}` }
    case 'dimension': {
      const [model, dimension] = name.split('.')
      const found = manifest.models.find((item) => item.name === model)?.dimensions
      return {
        label: found?.find((item) => item.name === dimension)?.label ?? name,
        href: `/catalogue/dimension/${name}`,
      }
    }
    case 'model':
      return { label: named(manifest.models)?.label ?? name, href: `/catalogue/model/${name}` }
    case 'relation':
      return { label: name, href: named(manifest.relations) === undefined ? null : `/catalogue/relation/${name}` }
    case 'dashboard': {
      const page = named(manifest.dashboards)
      return { label: page?.title ?? name, href: page?.path ?? null }
    }
    case 'report':
      return { label: named(manifest.reports)?.title ?? name, href: '/settings/reports' }
    case 'alert':
      return { label: name, href: '/settings/alerts' }
    default:
      return { label: name, href: null }
  }
}
