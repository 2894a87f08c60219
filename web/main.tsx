import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './pages/app.tsx'
import './theme/tokens.css'
import './theme/base.css'
import './pages/pages.css'
import './frame/frame.css'
import './frame/notices.css'
import './components/dialog.css'
import './command-palette/command-palette.css'
import './widget-menu/widget-menu.css'
import './frame/screens.css'
import './filters/filters.css'
import './trace/trace.css'
import './components/components.css'
import './charts/charts.css'
import './charts/grids.css'

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
