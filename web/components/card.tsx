import type { ReactNode } from 'react'
import { Link } from './link.tsx'

interface Props {
  readonly title: string
  readonly description: string | undefined
  readonly width: number
  readonly loading: boolean
  readonly drill: string | undefined
  readonly kind?: string
  readonly children: ReactNode
}

/** The frame of every widget. */
export function Card({ title, description, width, loading, drill, kind = 'chart', children }: Props) {
  return (
    <section className="card" data-kind={kind} data-width={width} aria-busy={loading} aria-label={title}>
      {loading && <div className="progress" aria-hidden="true" />}
      <header className="card-header">
        <h3 className="card-title" title={description}>
          {title}
        </h3>
        {drill !== undefined && (
          <Link className="card-link" href={drill}>
            Details
          </Link>
        )}
      </header>
      {children}
    </section>
  )
}
