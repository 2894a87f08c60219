export { callServer, downloadFrom, type ServerCall } from './call-server.ts'
export { readServerFile, removeServerFile, type ServerFile, writeServerFile } from './server-file.ts'
