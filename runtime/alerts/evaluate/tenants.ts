/** Remembers the tenants while nothing changes in the warehouse: to look them up reads all of it. */
export function rememberTenants(
  look: () => Promise<readonly (string | null)[]>,
  versions: () => Promise<ReadonlyMap<string, number>>,
): () => Promise<readonly (string | null)[]> {
  let last: { readonly key: string; readonly tenants: readonly (string | null)[] } | undefined
  return async () => {
    const key = JSON.stringify([...(await versions())])
    if (last?.key !== key) last = { key, tenants: await look() }
    return last.tenants
  }
}
