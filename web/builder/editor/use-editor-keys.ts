import { useEffect, useRef } from 'react'

interface Keys {
  readonly undo: (() => void) | null
  readonly redo: (() => void) | null
  readonly save: () => void
}

/** Keys of the whole editor; in a field undo is that of the field. */
export function useEditorKeys(keys: Keys) {
  const now = useRef(keys)
  now.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || document.querySelector('dialog[open]') !== null) return
      const run = actionOf(event, now.current)
      if (run === undefined) return
      event.preventDefault()
      run?.()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** Undefined for keys that mean nothing here; null where there is nothing to undo. */
function actionOf(event: KeyboardEvent, { undo, redo, save }: Keys): (() => void) | null | undefined {
  const key = event.key.toLowerCase()
  if (key === 's') return save
  const isField = event.target instanceof HTMLElement && event.target.closest('input:not([type=checkbox]), textarea')
  if (isField) return undefined
  if (key === 'y' || (key === 'z' && event.shiftKey)) return redo
  return key === 'z' ? undo : undefined
}
