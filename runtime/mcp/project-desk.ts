import { checkOut, diffManifests } from '../diff/index.ts'
import { checkProject, checkProposal } from '../project/index.ts'
import type { Desk } from './desk.ts'

/** The files of a project on this machine. */
export function projectDesk(dir: string): NonNullable<Desk['files']> {
  return {
    check: async (proposal) => (await checkProposal(dir, proposal)).diagnostics,
    diff: async (ref) => {
      const checkout = await checkOut(dir, ref)
      try {
        const [before, after] = [await checkProject(checkout.dir), await checkProject(dir)]
        return diffManifests(before.manifest, after.manifest)
      } finally {
        await checkout.remove()
      }
    },
  }
}
