import { useEffect, useRef, useState } from 'react'
import type { DashboardInfo, Project } from '../queries/project.ts'
import { type Command, commandsOf, findCommands } from './commands.ts'

interface Props {
  readonly project: Project
  readonly dashboard: DashboardInfo | undefined
  readonly search: string
  readonly onClose: () => void
  readonly onHelp: () => void
  readonly onScreen: () => void
}

const MOST = 40

/** Finds pages, metrics, ranges and actions by a few letters. */
export function CommandPalette({ onClose, ...context }: Props) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  const found = findCommands(commandsOf(context), text).slice(0, MOST)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  useEffect(() => {
    dialog.current?.querySelector(`#command-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const run = (command: Command | undefined) => {
    if (command === undefined) return
    onClose()
    command.run()
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter') run(found[at])
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || found.length === 0) return
    event.preventDefault()
    setAt((at + step + found.length) % found.length)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the window closes it, as Escape does.
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Search"
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <input
        className="palette-input"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="commands"
        aria-activedescendant={found.length > 0 ? `command-${at}` : undefined}
        aria-label="Search pages, metrics and actions"
        placeholder="Search pages, metrics and actions"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      {found.length === 0 && <p className="options-note palette-none">Nothing is called “{text}”.</p>}
      <div className="palette-list" role="listbox" id="commands" aria-label="Found" tabIndex={-1}>
        {found.map((command, index) => (
          <div key={command.id} className="palette-group">
            {command.group !== found[index - 1]?.group && (
              <div className="palette-title" role="presentation">
                {command.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the input, as in every combobox. */}
            <div
              id={`command-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className="palette-option"
              onPointerMove={() => setAt(index)}
              onClick={() => run(command)}
            >
              <span>{command.label}</span>
              <span className="palette-detail">{command.detail}</span>
            </div>
          </div>
        ))}
      </div>
    </dialog>
  )
}
