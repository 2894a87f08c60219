import { Type } from '@sinclair/typebox'

/** A page of this site as it is filtered; `//evil.example` would be another site. */
export const Path = Type.String({
  pattern: '^/(?![/\\\\])[^\\s?#\\\\]*$',
  maxLength: 500,
  description: 'Path of a page.',
})
export const Search = Type.String({
  pattern: '^(\\?[^\\s#]*)?$',
  maxLength: 8000,
  description: 'Its filters: what stands behind the path in the address, `?` included.',
})
