/** What a webhook says of a pull request, whoever the provider. */
export interface PullRequestChange {
  readonly kind: 'pull_request'
  readonly type: 'opened' | 'updated' | 'merged' | 'closed'
  /** For updates: what changed. */
  readonly change?: string
  readonly time: string
  readonly repository: Repository
  readonly number: number
  readonly title: string
  readonly body: string
  readonly url: string
  readonly branch: string
  readonly base: string
  readonly isDraft: boolean
  readonly author: Account
  /** People the work was assigned to. */
  readonly assignees: readonly Account[]
  readonly labels: readonly string[]
  /** Messages of commits that came along. */
  readonly messages: readonly string[]
  readonly reviewer?: Account | undefined
  readonly mergedBy?: Account | undefined
  readonly additions?: number | undefined
  readonly deletions?: number | undefined
  readonly filesChanged?: number | undefined
  readonly commits?: number | undefined
}

/** Commits that reached a branch. */
export interface Push {
  readonly kind: 'push'
  readonly time: string
  readonly repository: Repository
  readonly branch: string
  readonly pusher: Account
  readonly messages: readonly string[]
}

export type Change = PullRequestChange | Push

export interface Repository {
  /** `owner/name`. */
  readonly name: string
  readonly url: string
  readonly defaultBranch: string
}

export interface Account {
  readonly login: string
  readonly email?: string | undefined
  readonly isBot: boolean
}
