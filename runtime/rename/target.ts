/** What is renamed. `model` of a dimension is the semantic model that owns it. */
export type Target =
  | { readonly kind: 'metric'; readonly name: string }
  | { readonly kind: 'dimension'; readonly model: string; readonly name: string }
  | { readonly kind: 'model'; readonly name: string }

/** A text in a file that has to be replaced. */
export interface Reference {
  /** Where its value stands in the document. */
  readonly path: readonly (string | number)[]
  /** True where it is the key and not the value. */
  readonly key?: boolean
  /** Where in the value the name starts; its whole where absent. */
  readonly offset?: number
  /** The name, or `model.name` where a key is both. */
  readonly from: string
}
