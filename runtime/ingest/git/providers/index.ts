import { bitbucket } from './bitbucket.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import type { Provider } from './provider.ts'

export type { Provider }
export const PROVIDERS: readonly Provider[] = [github, gitlab, bitbucket]
