import { useEffect, useRef } from 'react'
import { Link } from '../components/link.tsx'
import type { Project } from '../queries/project.ts'
import { SECTIONS, type SectionEntry } from './sections.ts'
import './settings.css'

interface Props {
  readonly project: Project
  readonly path: string
}

const GROUPS = ['You', 'Organisation', 'Data'] as const

/** `/settings` and all below it: only what the role may use is offered. */
export function SettingsPage({ project, path }: Props) {
  const offered = SECTIONS.filter(({ roles }) => roles === undefined || roles.includes(project.caller.role))
  const section = path === '/settings' ? offered[0] : offered.find((entry) => entry.path === path)
  useEffect(() => {
    document.title = `${section?.title ?? 'Settings'} · ${project.name}`
  }, [section, project])
  return (
    <main className="page settings" id="content" tabIndex={-1}>
      <div className="settings-frame">
        <nav className="settings-nav" aria-label="Settings">
          {GROUPS.map((group) => (
            <Group key={group} title={group} entries={offered.filter((entry) => entry.group === group)} at={section} />
          ))}
        </nav>
        {section === undefined ? (
          <div className="settings-body">
            <h1>Nothing here for you</h1>
            <p className="page-description">
              {SECTIONS.some((entry) => entry.path === path)
                ? `This page is not for the role ${project.caller.role}. Ask an admin of your organisation.`
                : `There are no settings at ${path}.`}
            </p>
          </div>
        ) : (
          <div className="settings-body" key={section.path}>
            <header className="settings-header">
              <h1>{section.title}</h1>
              <p className="page-description">{section.text}</p>
            </header>
            <section.Page project={project} />
          </div>
        )}
      </div>
    </main>
  )
}

interface GroupProps {
  readonly title: string
  readonly entries: readonly SectionEntry[]
  readonly at: SectionEntry | undefined
}

function Group({ title, entries, at }: GroupProps) {
  if (entries.length === 0) return null
  return (
    <div className="settings-group">
      <p className="settings-group-title" aria-hidden="true">
        {title}
      </p>
      {entries.map((entry) => (
        <Entry key={entry.path} entry={entry} current={entry === at} />
      ))}
    </div>
  )
}

/** On a narrow screen the entries are a row that scrolls: the current one is to be seen. */
function Entry({ entry, current }: { readonly entry: SectionEntry; readonly current: boolean }) {
  const frame = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (current) frame.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <span ref={frame}>
      <Link className="settings-link" href={entry.path} current={current}>
        {entry.title}
      </Link>
    </span>
  )
}
