import { useEffect } from 'react'
import { MessagePage } from '../pages/message-page.tsx'
import type { PageProps } from '../pages/page-table.ts'
import { RecordList } from './record-list.tsx'
import { RecordPage } from './record-page.tsx'

/** `/records/<model>` lists rows, `/records/<model>/<key>` shows one. */
export function RecordsPage({ project, path, search }: PageProps) {
  const [, , name, key] = path.split('/')
  const model = project.models.find((item) => item.name === name)
  useEffect(() => {
    if (model !== undefined) document.title = `${model.label} · ${project.name}`
  }, [model, project])
  if (model === undefined || model.detail === null) {
    return (
      <MessagePage
        title="These rows cannot be listed"
        text={
          model === undefined
            ? `The project has no semantic model ${name ?? ''}.`
            : 'Single rows of it are not shown to your role. Ask an administrator for another one.'
        }
      />
    )
  }
  if (key !== undefined && key !== '') {
    return <RecordPage model={model} detail={model.detail} recordKey={decode(key)} project={project} />
  }
  return <RecordList key={model.name} model={model} detail={model.detail} project={project} search={search} />
}

function decode(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}
