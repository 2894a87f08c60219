import { useEffect, useState } from 'react'
import { navigate, useAddress } from '../queries/page-state.ts'
import { getJson } from '../queries/request.ts'
import type { PreviewInfo } from './preview-info.ts'
import { useWidgetMarks } from './use-widget-marks.ts'

/** Says which version the pages are of, what differs, and leads to the same page of the other one. */
export function PreviewBanner() {
  const [info, setInfo] = useState<PreviewInfo | null>(null)
  const [open, setOpen] = useState(false)
  const { path, search } = useAddress()
  useEffect(() => {
    getJson<PreviewInfo>('/api/v1/preview').then(setInfo, () => undefined)
  }, [])
  const widgets = info?.widgets ?? []
  useWidgetMarks(widgets)
  if (info === null) return null
  const { side, ref, commit, changes } = info
  const other = (port: number) => `${location.protocol}//${location.hostname}:${port}${path}${search}`
  return (
    <section className="preview-banner" data-side={side} aria-label="Preview">
      <p>
        {side === 'preview' ? (
          <>
            <strong>Preview of {ref}</strong> <code>{commit.slice(0, 8)}</code>
          </>
        ) : (
          <strong>The work tree</strong>
        )}{' '}
        over the same data
      </p>
      <div className="preview-switch">
        <Version name="Work tree" current={side === 'main'} href={other(info.mainPort)} />
        <Version name={ref} current={side === 'preview'} href={other(info.previewPort)} />
      </div>
      <button type="button" className="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {changes.length === 0
          ? 'No differences'
          : `${changes.length} ${changes.length === 1 ? 'difference' : 'differences'}`}
      </button>
      {open && changes.length > 0 && (
        <ul className="preview-changes">
          {changes.map(({ node, kind, name, change, effect, details }) => (
            <li key={node}>
              <Name kind={kind} name={name} gone={change === 'removed' && side === 'preview'} />{' '}
              <span className="preview-effect" data-effect={effect}>
                {effect}
              </span>
              <ul>
                {details.map(({ text }) => (
                  <li key={text}>{text.replaceAll('`', '')}</li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Version({ name, current, href }: { readonly name: string; readonly current: boolean; readonly href: string }) {
  return current ? (
    <span className="button" aria-current="true">
      {name}
    </span>
  ) : (
    <a className="button" href={href}>
      {name}
    </a>
  )
}

const IN_CATALOGUE = ['metric', 'dimension', 'model', 'relation']

function Name({ kind, name, gone }: { readonly kind: string; readonly name: string; readonly gone: boolean }) {
  if (gone || !IN_CATALOGUE.includes(kind)) {
    return (
      <strong>
        {kind} {name}
      </strong>
    )
  }
  const href = `/catalogue/${kind}/${name}`
  return (
    <a
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return
        event.preventDefault()
        navigate(href)
      }}
    >
      {kind} {name}
    </a>
  )
}
