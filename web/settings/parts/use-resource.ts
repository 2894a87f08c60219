import { useCallback, useEffect, useState } from 'react'
import { getJson } from '../../queries/request.ts'

export interface Resource<T> {
  readonly data: T | null
  readonly error: Error | null
  readonly reload: () => Promise<void>
}

/** What the server says at an address. What was loaded stays while it is asked again. */
export function useResource<T>(path: string): Resource<T> {
  const [state, setState] = useState<{ path: string; data: T | null; error: Error | null }>({
    path,
    data: null,
    error: null,
  })
  const reload = useCallback(async () => {
    try {
      const data = await getJson<T>(path)
      setState({ path, data, error: null })
    } catch (error) {
      setState({ path, data: null, error: error instanceof Error ? error : new Error(String(error)) })
    }
  }, [path])
  useEffect(() => void reload(), [reload])
  return { data: state.path === path ? state.data : null, error: state.path === path ? state.error : null, reload }
}
