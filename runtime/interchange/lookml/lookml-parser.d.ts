declare module 'lookml-parser' {
  export function parse(text: string): unknown
}
