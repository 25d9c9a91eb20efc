// Automerge's clients: `live` write and wait until all have all, `fill` writes documents, `first` gets them on
// a new device. Orders come as lines of JSON, and so do answers.
import { createInterface } from 'node:readline'
import { ImmutableString } from '@automerge/automerge'
import { Repo } from '@automerge/automerge-repo'
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket'

const [mode, server] = process.argv.slice(2)
const orders = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const order = async () => JSON.parse((await orders.next()).value)
const say = (value) => process.stdout.write(JSON.stringify(value) + '\n')

const repo = (name) => new Repo({ network: [new WebSocketClientAdapter(server)], peerId: name })

/** The same data with strings that are no shared text: what a record of signed entries needs. */
function scalar(value) {
  if (typeof value === 'string') return new ImmutableString(value)
  if (Array.isArray(value)) return value.map(scalar)
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, scalar(inner)]))
  }
  return value
}

const count = (handle) => Object.keys(handle.doc()?.entries ?? {}).length

/** Resolves as soon as `holds()`, asked at each change of `handle`. */
function until(handle, holds) {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return
      handle.off('change', look)
      resolve()
    }
    handle.on('change', look)
    look()
  })
}

const find = (one, url) => one.find(url)

/** Runs `work` and says how long it took and what this process used. */
async function timed(work) {
  const [begun, before] = [performance.now(), process.cpuUsage()]
  await work()
  const used = process.cpuUsage(before)
  say({ seconds: (performance.now() - begun) / 1000, cpu: (used.user + used.system) / 1e6 })
}

async function live() {
  const { families, visits } = await order()
  const clients = visits.map((_, n) => repo(`client${n}`))
  const first = clients[0]
  const made = Array.from({ length: families }, () => first.create({ entries: {} }))
  const handles = await Promise.all(
    clients.map((client, n) =>
      Promise.all(made.map((handle) => (n === 0 ? handle : find(client, handle.url)))),
    ),
  )
  say({ ready: true })
  await order()
  await timed(async () => {
    await Promise.all(
      visits.map(async (own, n) => {
        const reader = handles[(n + 1) % clients.length]
        for (const [at, visit] of own.entries()) {
          const document = (n * own.length + at) % families
          const id = `${n}-${at}`
          handles[n][document].change((doc) => {
            doc.entries[id] = scalar(visit)
          })
          // Ours waits for the server's word before the next visit; here that is when somebody else has it.
          await until(reader[document], () => id in reader[document].doc().entries)
        }
      }),
    )
    const expected = Array(families).fill(0)
    for (const [n, own] of visits.entries()) {
      for (const at of own.keys()) expected[(n * own.length + at) % families] += 1
    }
    await Promise.all(
      handles.flatMap((mine) =>
        mine.map((handle, at) => until(handle, () => count(handle) === expected[at])),
      ),
    )
  })
}

async function fill() {
  const { visits } = await order()
  const writer = repo('writer')
  const handles = visits.map((entries) => {
    const handle = writer.create({ entries: {} })
    for (const [at, visit] of entries.entries()) {
      handle.change((doc) => {
        doc.entries[`${at}`] = scalar(visit)
      })
    }
    return handle
  })
  // The server has them when somebody else can get them there.
  const reader = repo('reader')
  for (const [at, handle] of handles.entries()) {
    const got = await find(reader, handle.url)
    await until(got, () => count(got) === visits[at].length)
  }
  say({ urls: handles.map((handle) => handle.url) })
}

async function first() {
  const { urls, entries } = await order()
  say({ ready: true })
  await order()
  await timed(async () => {
    const device = repo('device')
    await Promise.all(
      urls.map(async (url) => {
        const handle = await find(device, url)
        await until(handle, () => count(handle) === entries)
      }),
    )
  })
}

await { live, fill, first }[mode]()
process.exit(0)
