const STEPS = 9

/** The square root spreads what is small: a country of ten times as many would hide all others. */
export const stepOf = (value: number, most: number): number =>
  most <= 0 || value <= 0 ? 1 : Math.max(1, Math.min(STEPS, Math.ceil(Math.sqrt(value / most) * STEPS)))
