import type { ResolvedConfig } from '../config/index.ts'
import { openOnGithub } from './github.ts'
import { openOnGitlab } from './gitlab.ts'
import { createHost } from './host.ts'

type Settings = NonNullable<ResolvedConfig['pullRequests']>

/** A change of a file, and what to tell reviewers. */
export interface Proposed {
  /** From the project folder. */
  readonly file: string
  /** As this server has it; null where it is new. */
  readonly before: string | null
  readonly content: string
  readonly patch: string
  readonly branch: string
  readonly title: string
  readonly body: string
}

export interface PullRequest {
  readonly url: string
  readonly number: number
  readonly branch: string
}

/** Puts a file on a branch of its own and asks for it to be merged. Only the API that the configuration names is called. */
export function openPullRequest(
  settings: Settings,
  proposed: Proposed,
  ask: typeof fetch = fetch,
): Promise<PullRequest> {
  const host = createHost(settings, ask)
  const file = settings.path === '' ? proposed.file : `${settings.path}/${proposed.file}`
  const open = settings.provider === 'github' ? openOnGithub : openOnGitlab
  return open(host, settings, { ...proposed, file })
}
