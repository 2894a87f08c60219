import { useEffect } from 'react'
import type { PageProps } from '../pages/page-table.ts'
import type { EntryKind } from './catalogue-queries.ts'
import { EntryList } from './entry-list.tsx'
import { EntryView } from './entry-view.tsx'
import './catalogue.css'

const KINDS: readonly EntryKind[] = ['metric', 'dimension', 'model', 'relation']

/** All that is defined: a list to search, and a page for each thing. */
export function CataloguePage({ project, path, search }: PageProps) {
  const asked = entryAt(path)
  useEffect(() => {
    document.title = `${asked?.name ?? 'Catalogue'} · ${project.name}`
  }, [asked?.name, project.name])
  return (
    <main className="page catalogue" id="content">
      {asked === null ? (
        <EntryList search={search} />
      ) : (
        <EntryView key={`${asked.kind} ${asked.name}`} {...asked} project={project} search={search} />
      )}
    </main>
  )
}

/** `/catalogue/revenue` is a metric; everything else says its kind. */
function entryAt(path: string): { readonly kind: EntryKind; readonly name: string } | null {
  const [first, second] = path.split('/').slice(2).map(decodeURIComponent)
  if (first === undefined || first === '') return null
  const kind = KINDS.find((one) => one === first)
  return kind !== undefined && second !== undefined ? { kind, name: second } : { kind: 'metric', name: first }
}
