import { useEffect } from 'react'
import { CopyButton } from '../components/copy-button.tsx'
import { Link } from '../components/link.tsx'
import type { DetailInfo, ModelInfo, Project } from '../queries/project.ts'
import { RecordView } from './record-view.tsx'

interface Props {
  readonly model: ModelInfo
  readonly detail: DetailInfo
  readonly recordKey: string
  readonly project: Project
}

/** One row on a page of its own. */
export function RecordPage({ model, detail, recordKey, project }: Props) {
  useEffect(() => {
    document.title = `${recordKey} · ${model.label} · ${project.name}`
  }, [recordKey, model, project])
  return (
    <main className="page" id="content">
      <nav className="breadcrumbs" aria-label="Breadcrumbs">
        <Link href={`/records/${model.name}`}>{model.label}</Link>
        <span aria-current="page">{recordKey}</span>
      </nav>
      <header className="page-header">
        <h1>{recordKey}</h1>
        <CopyButton label="Copy link" text={() => location.href} />
      </header>
      <RecordView model={model} detail={detail} recordKey={recordKey} project={project} />
    </main>
  )
}

export const recordHref = (model: string, key: string): string => `/records/${model}/${encodeURIComponent(key)}`
