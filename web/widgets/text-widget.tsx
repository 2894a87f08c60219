import { createChunk, useChunk } from '../charts/chunk.ts'
import { Card } from '../components/card.tsx'
import type { WidgetProps } from './widget-props.ts'

const markdownChunk = createChunk(async () => (await import('react-markdown')).default)

/** Words, in Markdown. Raw HTML is shown as it is written, never run. */
export function TextWidget({ widget, menu, text }: WidgetProps & { readonly text: string }) {
  const Markdown = useChunk(markdownChunk)
  return (
    <Card
      title={widget.title}
      description={undefined}
      width={widget.width}
      loading={false}
      drill={widget.definition.drill}
      kind="text"
      tools={menu}
    >
      <div className="text">{Markdown === null ? <p>{text}</p> : <Markdown>{text}</Markdown>}</div>
    </Card>
  )
}
