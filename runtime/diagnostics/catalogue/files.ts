import type { Entries } from './entry.ts'

/** 10xx: files and their syntax. */
export const files = {
  AM1001: {
    title: 'Syntax error in YAML',
    severity: 'error',
    explanation: 'The file is not valid YAML, so nothing in it can be read until this is mended.',
  },
  AM1002: {
    title: 'Tab in the indentation',
    severity: 'error',
    explanation: 'YAML is indented with spaces. A tab has no fixed width, so YAML refuses it.',
  },
  AM1003: {
    title: 'Key written twice',
    severity: 'error',
    explanation: 'A key may stand only once in a mapping: of two values, it would not be clear which one counts.',
  },
  AM1004: {
    title: 'Several documents in one file',
    severity: 'error',
    explanation:
      'A file of definitions is one YAML document. A line `---` starts a second one, which would be ignored.',
  },
  AM1005: {
    title: 'Wrong indentation',
    severity: 'error',
    explanation: 'Keys of one mapping and items of one list start in the same column.',
  },
  AM1006: {
    title: 'Empty file',
    severity: 'warning',
    explanation: 'The file holds no definitions. Every file of definitions starts with `version: 1`.',
  },
  AM1007: {
    title: 'File is not UTF-8',
    severity: 'error',
    explanation: 'Files are read as UTF-8. Other encodings would turn letters into others without a word.',
  },
  AM1008: {
    title: 'Unknown alias',
    severity: 'error',
    explanation: 'A YAML alias `*name` refers to an anchor `&name` that stands above it in the same file.',
  },
  AM1009: {
    title: 'Unquoted text that YAML reads as something else',
    severity: 'error',
    explanation:
      'Text with `{`, `: `, ` #`, `@`, `%` or a backtick at certain places means something to YAML. Quotes make it text.',
  },
  AM1010: {
    title: 'File cannot be read',
    severity: 'error',
    explanation: 'The file exists but the operating system does not let it be read.',
  },
  AM1011: {
    title: 'File that is not used',
    severity: 'warning',
    explanation: 'Only files with known endings are read from the folders of definitions; this one has no effect.',
  },
  AM1012: {
    title: 'Error in a TypeScript file of definitions',
    severity: 'error',
    explanation: 'The file does not parse, or threw while it was loaded.',
  },
  AM1013: {
    title: 'TypeScript file without a default export',
    severity: 'error',
    explanation: 'A TypeScript file of definitions hands over its content as its default export.',
  },
  AM1014: {
    title: 'Value that is not plain data',
    severity: 'error',
    explanation: 'Definitions are plain data: text, numbers, true and false, lists and mappings.',
  },
  AM1015: {
    title: 'Broken front matter',
    severity: 'error',
    explanation: 'Front matter of a SQL file is YAML between two lines `---` at the very start of the file.',
  },
  AM1016: {
    title: 'SQL file without SQL',
    severity: 'error',
    explanation: 'A model is one SELECT. The file has none.',
  },
  AM1017: {
    title: 'Name of a SQL file that cannot be a relation',
    severity: 'error',
    explanation: 'The name of the file is the name of the relation: letters, digits and underscores.',
  },
  AM1018: {
    title: 'Two SQL files of one name',
    severity: 'error',
    explanation: 'The name of the file is the name of the relation, so it is unique over all sub-folders of models/.',
  },
  AM1019: {
    title: 'Project folder without definitions',
    severity: 'warning',
    explanation: 'None of the folders metrics/, models/, dashboards/ and alerts/ holds a file.',
  },
  AM1020: {
    title: 'Unresolved merge conflict',
    severity: 'error',
    explanation:
      'Git marks places it could not merge with lines `<<<<<<<`, `=======` and `>>>>>>>`; they have to be resolved.',
  },
  AM1021: {
    title: 'Folder that is not read',
    severity: 'warning',
    explanation:
      'Definitions are read from metrics/, models/, dashboards/ and alerts/. A folder of a similar name is not.',
  },
} as const satisfies Entries
