import { checkProject, type Project } from '../../project/index.ts'
import { checkOut } from './check-out.ts'

/** The project as it was at a branch, tag or commit, checked and compiled. */
export async function projectAt(dir: string, ref: string): Promise<Project> {
  const checkout = await checkOut(dir, ref)
  try {
    return await checkProject(checkout.dir)
  } finally {
    await checkout.remove()
  }
}
