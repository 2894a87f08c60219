import { contentOnBase, fileText } from './content-on-base.ts'
import type { Host } from './host.ts'
import type { Proposed, PullRequest } from './open-pull-request.ts'

interface Target {
  readonly repository: string
  readonly base: string
}

export async function openOnGithub(host: Host, { repository, base }: Target, proposed: Proposed): Promise<PullRequest> {
  const { branch, file, title, body } = proposed
  const repo = `/repos/${repository}`
  const contents = `${repo}/contents/${file.split('/').map(encodeURIComponent).join('/')}`
  const { object } = await host.call('GET', `${repo}/git/ref/heads/${encodePath(base)}`)
  const { sha } = object as { readonly sha: string }
  const before = await host.find(`${contents}?ref=${encodeURIComponent(base)}`)
  const content = contentOnBase(before === null ? null : fileText(before), proposed)
  await host.call('POST', `${repo}/git/refs`, { ref: `refs/heads/${branch}`, sha })
  await host.call('PUT', contents, {
    message: title,
    content: Buffer.from(content).toString('base64'),
    branch,
    ...(before !== null && { sha: before.sha }),
  })
  const opened = await host.call('POST', `${repo}/pulls`, { title, body, head: branch, base })
  return { url: String(opened.html_url), number: Number(opened.number), branch }
}

const encodePath = (name: string) => name.split('/').map(encodeURIComponent).join('/')
