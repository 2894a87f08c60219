import type { ReactNode } from 'react'
import { RequestError } from '../../queries/request.ts'
import type { Resource } from './use-resource.ts'

interface Props {
  readonly title: string
  readonly text?: ReactNode
  /** Buttons beside the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a page of settings: what it is about, what can be done, and the thing itself. */
export function Section({ title, text, actions, children }: Props) {
  return (
    <section className="setting" aria-label={title}>
      <header className="setting-header">
        <div>
          <h2>{title}</h2>
          {text !== undefined && <p className="setting-text">{text}</p>}
        </div>
        {actions !== undefined && <div className="setting-actions">{actions}</div>}
      </header>
      {children}
    </section>
  )
}

interface LoadedProps<T> {
  readonly resource: Resource<T>
  /** What is missing where the server does not know the address. */
  readonly absent?: string
  readonly children: (data: T) => ReactNode
}

/** What was loaded; before that a placeholder, and else why not. */
export function Loaded<T>({ resource: { data, error, reload }, absent, children }: LoadedProps<T>) {
  if (data !== null) return children(data)
  if (error === null) return <div className="skeleton setting-skeleton" aria-hidden="true" />
  if (absent !== undefined && error instanceof RequestError && error.status === 404) return <Nothing text={absent} />
  return (
    <div className="setting-state" role="alert">
      <p className="state-title">This could not be loaded</p>
      <p>{error.message}</p>
      <button type="button" className="button" onClick={() => void reload()}>
        Try again
      </button>
    </div>
  )
}

export function Nothing({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="setting-state">
      <p>{text}</p>
      {children}
    </div>
  )
}
