import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { DevOverlay } from './dev-overlay.tsx'
import { PreviewBanner } from './preview-banner.tsx'
import './overlay.css'

let started = false

/** Shows what is wrong with files that are edited, or which version the pages are of. */
export function startOverlay(mode: 'dev' | 'preview') {
  if (started) return
  started = true
  const place = document.createElement('div')
  place.className = 'overlay-place'
  document.body.append(place)
  createRoot(place).render(createElement(mode === 'dev' ? DevOverlay : PreviewBanner))
}
