import { diagnostic, suggest, UserError } from '../../../diagnostics/index.ts'
import { type BuildGraph, reach } from './graph.ts'

/** The nodes that selections name, with the files they read; all of them where there is no selection. */
export function selectNodes(graph: BuildGraph, selections: readonly string[] | undefined): ReadonlySet<string> {
  const terms = (selections ?? []).flatMap((text) => text.split(/[\s,]+/)).filter((term) => term !== '')
  if (terms.length === 0) return new Set(graph.nodes.keys())
  const unknown = terms.filter((term) => !graph.nodes.has(nameIn(term)))
  if (unknown.length > 0) throw new UserError(unknown.map((term) => unknownName(term, graph)))
  const chosen = terms.flatMap((term) => [...selectOne(graph, term)])
  const isSource = (name: string) => graph.nodes.get(name)?.kind === 'source'
  return new Set([...chosen.flatMap((name) => graph.upstream(name).filter(isSource)), ...chosen])
}

function selectOne(graph: BuildGraph, term: string): ReadonlySet<string> {
  const name = nameIn(term)
  const above = term.startsWith('+') ? reach([name], graph.upstream) : [name]
  const below = term.endsWith('+') ? reach([name], graph.downstream) : [name]
  return new Set([...above, ...below])
}

const nameIn = (term: string) => term.replace(/^\+/, '').replace(/\+$/, '')

function unknownName(term: string, graph: BuildGraph) {
  const name = nameIn(term)
  return diagnostic('AM3104', `There is no model \`${name}\` to build.`, {
    hint: suggest(name, graph.nodes.keys()) ?? 'The project has no models: they are SQL files under models/.',
  })
}
