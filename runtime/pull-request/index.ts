export { openPullRequest, type Proposed, type PullRequest } from './open-pull-request.ts'
