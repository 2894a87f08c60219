export function MessagePage({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <main className="page message">
      <h1>{title}</h1>
      <p className="page-description">{text}</p>
      <p>
        <a href="/">Start page</a>
      </p>
    </main>
  )
}
