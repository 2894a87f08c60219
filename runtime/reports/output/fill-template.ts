import Handlebars from 'handlebars'
import { fail } from '../../diagnostics/index.ts'
import type { ReportView } from './view.ts'

type Fill = (view: object) => string

const compiled = new Map<string, Fill>()

/** Fills a Handlebars template; texts are escaped unless it says otherwise. */
export function fillTemplate(source: string, view: ReportView & Readonly<Record<string, unknown>>): string {
  try {
    const fill = compiled.get(source) ?? compile(source)
    return fill(view)
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return fail('AM8013', `The template of the report \`${view.title}\` could not be filled in: ${reason}`, {
      hint: 'Try it with: metrics report render NAME --out report.html',
    })
  }
}

function compile(source: string): Fill {
  const fill = Handlebars.compile(source)
  if (compiled.size > 100) compiled.clear()
  compiled.set(source, fill)
  return fill
}
