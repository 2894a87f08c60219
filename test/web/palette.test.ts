import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

type Rgb = readonly [number, number, number]
type Matrix = readonly [Rgb, Rgb, Rgb]
// Machado, Oliveira and Fernandes 2009, at full severity.
const IDENTITY: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]
const PROTANOPIA: Matrix = [
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
]
const DEUTERANOPIA: Matrix = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
]
const TRITANOPIA: Matrix = [
  [1.255528, -0.076749, -0.178779],
  [-0.078411, 0.930809, 0.147602],
  [0.004733, 0.691367, 0.3039],
]

const css = readFileSync(new URL('../../web/theme/tokens.css', import.meta.url), 'utf8')
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)]
const themes = [
  ['light', 2],
  ['dark', 3],
] as const

describe.each(themes)('the %s theme', (_name, group) => {
  const tokens = new Map(pairs.map((pair) => [pair[1] ?? '', pair[group] ?? '']))
  const color = (name: string) => tokens.get(name) ?? ''

  test.each(['text', 'muted', 'good', 'warn', 'bad', 'accent'])('%s can be read on every ground', (name) => {
    for (const ground of ['surface', 'bg']) expect(contrast(color(name), color(ground))).toBeGreaterThanOrEqual(4.5)
  })

  test('labels of axes can be read on a card', () => {
    expect(contrast(color('axis'), color('surface'))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['good', 'warn', 'bad'])('%s can be read on its own tint', (name) => {
    expect(contrast(color(name), color(`${name}-soft`))).toBeGreaterThanOrEqual(4.5)
  })

  test('marks stand out from the card', () => {
    const marks = [...tokens.keys()].filter((name) => /^(series|percentile|status)-|-mark$|^ghost$/.test(name))
    expect(marks.length).toBeGreaterThan(12)
    for (const name of marks) expect(contrast(color(name), color('surface')), name).toBeGreaterThanOrEqual(3)
  })

  test.each([
    ['full colour vision', IDENTITY, 0.13],
    ['protanopia', PROTANOPIA, 0.1],
    ['deuteranopia', DEUTERANOPIA, 0.1],
    ['tritanopia', TRITANOPIA, 0.05],
  ] as const)('series can be told apart with %s', (_vision, matrix, least) => {
    const seen = [1, 2, 3, 4, 5, 6].map((index) => oklab(multiply(matrix, linear(color(`series-${index}`)))))
    for (const [index, one] of seen.entries()) {
      for (const other of seen.slice(index + 1))
        expect(Math.hypot(...one.map((value, axis) => value - (other[axis] ?? 0)))).toBeGreaterThan(least)
    }
  })

  test.each([
    ['protanopia', PROTANOPIA],
    ['deuteranopia', DEUTERANOPIA],
    ['tritanopia', TRITANOPIA],
  ] as const)('neighbouring severities can be told apart with %s', (_vision, matrix) => {
    const levels = ['neutral', 'info', 'warn', 'bad', 'critical']
    const seen = levels.map((name) => oklab(multiply(matrix, linear(color(`status-${name}`)))))
    for (const [index, one] of seen.slice(1).entries()) {
      expect(Math.hypot(...one.map((value, axis) => value - (seen[index]?.[axis] ?? 0)))).toBeGreaterThan(0.05)
    }
  })

  test('the steps of a heatmap go one way, from the ground away', () => {
    const steps = Array.from({ length: 9 }, (_, index) => oklab(linear(color(`heat-${index + 1}`)))[0])
    const ground = oklab(linear(color('surface')))[0]
    const distances = steps.map((step) => Math.abs(step - ground))
    expect(distances).toEqual([...distances].sort((a, b) => a - b))
  })
})

function linear(hex: string): Rgb {
  const text = hex.length === 4 ? hex.replace(/[^#]/g, '$&$&') : hex
  const at = (place: number) => {
    const value = Number.parseInt(text.slice(place, place + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [at(1), at(3), at(5)]
}

function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = linear(hex)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

const multiply = (matrix: Matrix, [red, green, blue]: Rgb): Rgb => {
  const row = ([a, b, c]: Rgb) => Math.min(1, Math.max(0, a * red + b * green + c * blue))
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])]
}

function oklab([red, green, blue]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}
