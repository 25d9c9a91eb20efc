// Automerge's sync server as its own package has it (automerge-repo-sync-server: a Repo with file storage
// behind a web socket), with the current versions. Says {"url"} when it listens.
import { Repo } from '@automerge/automerge-repo'
import { WebSocketServerAdapter } from '@automerge/automerge-repo-network-websocket'
import { NodeFSStorageAdapter } from '@automerge/automerge-repo-storage-nodefs'
import { WebSocketServer } from 'ws'

const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 })
new Repo({
  network: [new WebSocketServerAdapter(sockets)],
  storage: new NodeFSStorageAdapter(process.argv[2]),
  peerId: 'server',
  // It answers who asks, and offers nothing by itself.
  sharePolicy: async () => false,
})
sockets.on('listening', () => {
  process.stdout.write(JSON.stringify({ url: `ws://127.0.0.1:${sockets.address().port}` }) + '\n')
})
