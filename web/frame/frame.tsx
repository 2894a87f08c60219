import { type ReactNode, useEffect, useState } from 'react'
import { CommandPalette } from '../command-palette/command-palette.tsx'
import { ShortcutHelp } from '../command-palette/shortcut-help.tsx'
import { useShortcuts } from '../command-palette/use-shortcuts.ts'
import { loadPreferences } from '../queries/preferences.ts'
import type { DashboardInfo, Project } from '../queries/project.ts'
import { reportView } from '../queries/usage.ts'
import { Banners } from './banners.tsx'
import { Navigation } from './navigation.tsx'
import { Toasts } from './toasts.tsx'
import { TopBar } from './top-bar.tsx'

interface Props {
  readonly project: Project
  readonly dashboard: DashboardInfo | undefined
  readonly path: string
  readonly search: string
  readonly lost: readonly string[]
  readonly onDismiss: () => void
  readonly children: ReactNode
}

/** What stands around every page. */
export function Frame({ project, dashboard, path, search, lost, onDismiss, children }: Props) {
  const [navigationOpen, setNavigationOpen] = useState(false)
  const [overlay, setOverlay] = useState<'palette' | 'help' | null>(null)
  const { isWide, toggleScreen } = useScreen()
  const close = () => setOverlay(null)
  useEffect(() => void loadPreferences(), [])
  useEffect(() => reportView(path), [path])
  // biome-ignore lint/correctness/useExhaustiveDependencies: on another page the menu is closed and one begins at the top.
  useEffect(() => {
    setNavigationOpen(false)
    scrollTo(0, 0)
  }, [path])
  useShortcuts({
    project,
    search,
    onPalette: () => setOverlay('palette'),
    onHelp: () => setOverlay('help'),
    onScreen: toggleScreen,
  })
  return (
    <div
      className="shell"
      data-navigation={navigationOpen ? 'open' : 'closed'}
      data-screen={isWide ? 'full' : 'normal'}
    >
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <Navigation
        project={project}
        current={dashboard}
        path={path}
        search={search}
        onGo={() => setNavigationOpen(false)}
      />
      {navigationOpen && (
        <button
          type="button"
          className="navigation-shade"
          aria-label="Close menu"
          onClick={() => setNavigationOpen(false)}
        />
      )}
      <div className="content">
        <TopBar
          project={project}
          navigationOpen={navigationOpen}
          onNavigation={() => setNavigationOpen(!navigationOpen)}
          onPalette={() => setOverlay('palette')}
          onScreen={toggleScreen}
        />
        <Banners lost={lost} onDismiss={onDismiss} />
        {children}
      </div>
      {overlay === 'palette' && (
        <CommandPalette
          project={project}
          dashboard={dashboard}
          search={search}
          onClose={close}
          onHelp={() => setOverlay('help')}
          onScreen={toggleScreen}
        />
      )}
      {overlay === 'help' && <ShortcutHelp project={project} onClose={close} />}
      <Toasts />
    </div>
  )
}

/** For a screen on the wall: nothing but the page. */
function useScreen() {
  const [isWide, setWide] = useState(() => new URLSearchParams(location.search).has('tv'))
  useEffect(() => {
    const onChange = () => setWide(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', onChange)
    return () => document.removeEventListener('fullscreenchange', onChange)
  }, [])
  const toggleScreen = () => {
    if (isWide && document.fullscreenElement !== null) void document.exitFullscreen()
    else if (isWide) setWide(false)
    // Browsers that refuse still show nothing but the page.
    else document.documentElement.requestFullscreen?.().catch(() => setWide(true)) ?? setWide(true)
  }
  return { isWide, toggleScreen }
}
