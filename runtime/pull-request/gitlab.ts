import { contentOnBase, fileText } from './content-on-base.ts'
import type { Host } from './host.ts'
import type { Proposed, PullRequest } from './open-pull-request.ts'

interface Target {
  readonly repository: string
  readonly base: string
}

/** One commit that makes the branch, then the merge request. */
export async function openOnGitlab(host: Host, { repository, base }: Target, proposed: Proposed): Promise<PullRequest> {
  const { branch, file, title, body } = proposed
  const project = `/projects/${encodeURIComponent(repository)}`
  const before = await host.find(
    `${project}/repository/files/${encodeURIComponent(file)}?ref=${encodeURIComponent(base)}`,
  )
  const content = contentOnBase(before === null ? null : fileText(before), proposed)
  const action = { action: before === null ? 'create' : 'update', file_path: file, content }
  await host.call('POST', `${project}/repository/commits`, {
    branch,
    start_branch: base,
    commit_message: title,
    actions: [action],
  })
  const opened = await host.call('POST', `${project}/merge_requests`, {
    source_branch: branch,
    target_branch: base,
    title,
    description: body,
    remove_source_branch: true,
  })
  return { url: String(opened.web_url), number: Number(opened.iid), branch }
}
