import type { Page } from 'puppeteer-core'

/** Presses a button or link by its words as soon as it can be pressed; those of an open dialog first. */
export async function press(page: Page, label: string) {
  const find = `((text) => ['dialog[open] ', ''].flatMap((place) => [...document.querySelectorAll(place + 'button, ' + place + 'a.button')])
    .find((one) => one.textContent.trim() === text && !one.disabled))(${JSON.stringify(label)})`
  await page.waitForFunction(`${find} !== undefined`)
  await page.evaluate(`${find}.click()`)
}

/** Ticks an item of a list of metrics or dimensions. */
export async function choose(page: Page, picker: string, label: string) {
  await page.waitForSelector(`section[aria-label="${picker}"]`)
  await page.evaluate(
    (name, text) => {
      const items = [...document.querySelectorAll(`section[aria-label="${name}"] .picker-item`)]
      items
        .find((item) => item.querySelector('span')?.textContent === text)
        ?.querySelector('input')
        ?.click()
    },
    picker,
    label,
  )
}
