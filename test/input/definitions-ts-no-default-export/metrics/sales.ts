export const metrics = { version: 1 }
