import type { FilterToken } from './filter-tokens.ts'

/** A place in a list of tokens that moves on as they are taken. */
export class TokenReader {
  #index = 0
  readonly #tokens: readonly FilterToken[]

  constructor(tokens: readonly FilterToken[]) {
    this.#tokens = tokens
  }

  peek(ahead = 0): FilterToken {
    const token = this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)]
    if (token === undefined) throw new Error('a list of tokens always ends with an end')
    return token
  }

  take(): FilterToken {
    const token = this.peek()
    this.#index++
    return token
  }

  isSymbol(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'symbol' && token.text === text
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'word' && token.word === word
  }

  takeSymbol(text: string): boolean {
    const found = this.isSymbol(text)
    if (found) this.#index++
    return found
  }

  takeWord(word: string): boolean {
    const found = this.isWord(word)
    if (found) this.#index++
    return found
  }
}
