import { enqueue } from '../../runtime/channels/index.ts'
import { openStore } from '../../runtime/store/index.ts'
import { deliveryOver, message } from './delivering.ts'

/** A process of its own that sends until it is killed: `<store url> <receiver url> <keys to write first>`. */
const [url = '', receiver = '', ...keys] = process.argv.slice(2)
const store = await openStore({ url })
const { delivery } = await deliveryOver([{ name: 'hook', type: 'webhook', url: receiver }], {
  store,
  lease: 1_500,
  every: 50,
})
await enqueue(
  store.db,
  keys.map((key) => message({ channel: 'hook', key, group: key })),
)
delivery.start()
