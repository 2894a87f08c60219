import { content, name, required, text } from './field.ts'

/** What people do with the dashboard itself. */
export const PageViewed = content(
  {
    page: required.name('Path of the page.'),
    session: name('Browser session, as a name that lets nobody in.'),
    user_id: name('Person, or the account where the warehouse does not know them.'),
    role: name('Role of the person.'),
  },
  'Somebody looked at a page of the dashboard.',
)

export const FeedbackGiven = content(
  {
    page: required.name('Path of the page.'),
    widget: text('Widget of the page; the whole page if missing.'),
    rating: required.choice(['up', 'down'], 'Whether it helps.'),
    user_id: name('Person, or the account where the warehouse does not know them.'),
    role: name('Role of the person.'),
  },
  'Somebody said whether a page or a widget helps.',
)
