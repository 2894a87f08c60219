import { content, count, flag, instant, measure, name, text } from './field.ts'

const pullRequest = {
  pr_id: name('Pull request; the subject of the event if missing.'),
  session_id: name('Session that made it.'),
  repository_id: name('Repository it belongs to.'),
  project_id: name('Project it belongs to.'),
  team_id: name('Team of the author at that time.'),
  author_id: name('Person who answers for it.'),
  agent: name('Kind of agent that took part.'),
  number: count('Number in the repository.'),
  title: text('Title.'),
  url: text('Address.', 2048),
  branch: text('Branch it comes from.'),
  base: text('Branch it goes to.'),
  created_by: name('`agent`, `assisted` (a person with an agent) or `person`.'),
  additions: count('Lines added.'),
  deletions: count('Lines deleted.'),
  files_changed: count('Files changed.'),
  commits: count('Commits.'),
  review_minutes: measure('Time people spent on reviewing it.'),
}

export const PullRequestOpened = content(
  { ...pullRequest, draft: flag('Whether it is a draft.') },
  'A pull request was opened.',
)

export const PullRequestUpdated = content(
  {
    ...pullRequest,
    change: name('What changed: `revision`, `review`, `approval`, `ready`, `comment` or another.'),
    major: flag('Whether a revision changed much of it.'),
    reviewer_id: name('Person who reviewed.'),
  },
  'A pull request was revised or reviewed.',
)

export const PullRequestMerged = content(
  {
    ...pullRequest,
    merged_by: name('Person who merged it.'),
    merged_at: instant('When, if not the time of the event.'),
    revisions: count('Major revisions before the merge, where only the total is known.'),
  },
  'A pull request was merged.',
)

export const PullRequestClosed = content(
  { ...pullRequest, reason: text('Why: `superseded`, `rejected`, `stale` or another.') },
  'A pull request was closed without a merge.',
)
