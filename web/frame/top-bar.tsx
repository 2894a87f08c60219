import type { Project } from '../queries/project.ts'
import { FreshnessBadge } from './freshness-badge.tsx'
import { NotificationBell } from './notification-bell.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

interface Props {
  readonly project: Project
  readonly navigationOpen: boolean
  readonly onNavigation: () => void
  readonly onPalette: () => void
  readonly onScreen: () => void
}

/** What is the same on every page. */
export function TopBar({ project, navigationOpen, onNavigation, onPalette, onScreen }: Props) {
  return (
    <header className="top-bar">
      <button
        type="button"
        className="icon-button navigation-button"
        aria-label="Menu"
        aria-expanded={navigationOpen}
        aria-controls="navigation"
        onClick={onNavigation}
      >
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 6h16M4 12h16M4 18h16" />
        </svg>
      </button>
      <button type="button" className="palette-button" onClick={onPalette}>
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500L21 21" />
        </svg>
        <span className="palette-hint">Search…</span>
        <kbd>{isMac() ? '⌘' : 'Ctrl '}K</kbd>
      </button>
      <div className="top-bar-actions">
        <FreshnessBadge timezone={project.timezone} />
        <span className="timezone" title="Time zone of every day and hour shown">
          {project.timezone}
        </span>
        <NotificationBell />
        <ThemeSwitch />
        <button
          type="button"
          className="icon-button screen-button"
          aria-label="Full screen"
          title="Full screen (f)"
          onClick={onScreen}
        >
          <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />
          </svg>
        </button>
      </div>
    </header>
  )
}

const isMac = () => /mac|iphone|ipad/i.test(navigator.userAgent)
