interface Props {
  readonly title: string
  readonly text: string
  /** Offers to try again. */
  readonly retry?: boolean
}

export function MessagePage({ title, text, retry = false }: Props) {
  return (
    <main className="page message" id="content">
      <h1>{title}</h1>
      <p className="page-description">{text}</p>
      <p className="message-ways">
        {retry && (
          <button type="button" className="button" onClick={() => location.reload()}>
            Try again
          </button>
        )}
        <a className="button" href="/">
          Start page
        </a>
      </p>
    </main>
  )
}
