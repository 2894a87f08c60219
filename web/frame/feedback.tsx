import { useState } from 'react'
import { Dialog } from '../components/dialog.tsx'
import { sendJson } from '../queries/request.ts'
import { say, sayFailure } from './toasts.tsx'

interface Props {
  readonly page: string
  readonly widget?: string
  readonly title: string
  readonly onClose: () => void
}

type Rating = 'up' | 'down'

/** A thumb and a few words for those who look after the page. */
export function Feedback({ page, widget, title, onClose }: Props) {
  const [rating, setRating] = useState<Rating | null>(null)
  const [comment, setComment] = useState('')
  const send = () => {
    if (rating === null) return
    const words = comment.trim()
    sendJson('POST', '/api/v1/feedback', {
      page,
      rating,
      ...(widget !== undefined && { widget }),
      ...(words !== '' && { comment: words }),
    }).then(() => {
      say('Thank you: those who look after this page read it')
      onClose()
    }, sayFailure)
  }
  return (
    <Dialog title={`Is “${title}” useful?`} onClose={onClose}>
      <form
        className="feedback"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <fieldset className="feedback-thumbs">
          <legend className="sr-only">Rating</legend>
          <Thumb value="up" label="👍 Yes" rating={rating} onRate={setRating} />
          <Thumb value="down" label="👎 No" rating={rating} onRate={setRating} />
        </fieldset>
        <label className="field">
          What is missing, wrong or good? <span className="options-note">(optional)</span>
          <textarea rows={4} maxLength={4000} value={comment} onChange={(event) => setComment(event.target.value)} />
        </label>
        <button type="submit" className="button button-primary" disabled={rating === null}>
          Send
        </button>
      </form>
    </Dialog>
  )
}

interface ThumbProps {
  readonly value: Rating
  readonly label: string
  readonly rating: Rating | null
  readonly onRate: (rating: Rating) => void
}

function Thumb({ value, label, rating, onRate }: ThumbProps) {
  return (
    <button type="button" className="button" aria-pressed={rating === value} onClick={() => onRate(value)}>
      {label}
    </button>
  )
}
