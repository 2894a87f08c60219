/** One of several values that stand side by side. */
export interface Part {
  readonly key: string
  readonly label: string
  readonly color: string
  readonly value: number | null
  /** What the answer had; unset where the part stands for several. */
  readonly raw?: string | number | boolean | null
}
