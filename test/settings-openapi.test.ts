import { expect, test } from 'vitest'
import { createApp, openApi } from '../runtime/api/index.ts'
import { createRuntime } from '../runtime/index.ts'
import { sampleProject } from './support/sample-project.ts'

interface Layer {
  readonly regexp: RegExp
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> }
  readonly handle: { readonly stack?: readonly Layer[] }
}

test('the description of the API names every route that is mounted', async () => {
  const project = sampleProject()
  const runtime = await createRuntime(project.dir)
  const app = createApp(runtime, { pagesDir: project.dir, localToken: 'x', onBug: () => undefined })
  const api = (app._router.stack as readonly Layer[]).filter(
    ({ regexp }) => regexp.test('/api/v1/x') && !regexp.test('/x'),
  )
  const mounted = api.flatMap(({ handle }) => routesOf(handle.stack ?? [])).sort()
  const described = Object.entries(openApi().paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path.replace('/api/v1', '')}`),
  )
  await runtime.close()
  project.remove()
  // What only commands of this machine may do is nobody else's to read about.
  expect(mounted.filter((route) => !described.includes(route) && !route.endsWith(' /demo'))).toEqual([])
  expect(mounted.length).toBeGreaterThan(40)
})

function routesOf(stack: readonly Layer[]): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (route === undefined) return routesOf(handle.stack ?? [])
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    return Object.keys(route.methods).map((method) => `${method} ${path}`)
  })
}
