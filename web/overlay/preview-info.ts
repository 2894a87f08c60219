/** What the server says of a version that is served beside the work tree. */
export interface PreviewInfo {
  readonly ref: string
  readonly commit: string
  readonly side: 'main' | 'preview'
  readonly mainPort: number
  readonly previewPort: number
  readonly changes: readonly {
    readonly node: string
    readonly kind: string
    readonly name: string
    readonly change: 'added' | 'removed' | 'renamed' | 'changed'
    readonly effect: string
    readonly details: readonly { readonly text: string }[]
  }[]
  readonly widgets: readonly MarkedWidget[]
}

export interface MarkedWidget {
  readonly dashboard: string
  readonly id: string
  readonly why: readonly string[]
}
