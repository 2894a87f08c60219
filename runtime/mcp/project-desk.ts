import { diffManifests, projectAt } from '../diff/index.ts'
import { checkProject, checkProposal } from '../project/index.ts'
import type { Desk } from './desk.ts'

/** The files of a project on this machine. */
export function projectDesk(dir: string): NonNullable<Desk['files']> {
  return {
    check: async (proposal) => (await checkProposal(dir, proposal)).diagnostics,
    diff: async (ref) => diffManifests((await projectAt(dir, ref)).manifest, (await checkProject(dir)).manifest),
  }
}
