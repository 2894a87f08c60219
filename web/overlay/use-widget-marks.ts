import { useEffect } from 'react'
import type { MarkedWidget } from './preview-info.ts'

/** Marks the cards of changed widgets, wherever they come up, and says at each what changed. */
export function useWidgetMarks(widgets: readonly MarkedWidget[]) {
  useEffect(() => {
    if (widgets.length === 0) return
    const why = new Map(widgets.map((widget) => [`${widget.dashboard} ${widget.id}`, widget.why]))
    const mark = () => {
      for (const button of document.querySelectorAll<HTMLElement>('[data-widget]')) {
        const { widget = '', dashboard = '' } = button.dataset
        const card = button.closest('.card')
        const reasons = why.get(`${dashboard} ${widget}`)
        if (card === null || reasons === undefined || card.querySelector('.changed-mark') !== null) continue
        card.setAttribute('data-changed', 'true')
        card.append(note(reasons))
      }
    }
    mark()
    const observer = new MutationObserver(mark)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [widgets])
}

function note(reasons: readonly string[]): HTMLElement {
  const details = document.createElement('details')
  details.className = 'changed-mark'
  const summary = document.createElement('summary')
  summary.textContent = 'Changed'
  const list = document.createElement('ul')
  for (const reason of reasons) {
    const item = document.createElement('li')
    item.textContent = reason.replaceAll('`', '')
    list.append(item)
  }
  details.append(summary, list)
  return details
}
