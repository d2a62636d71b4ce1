export { type App, type AppOptions, createApp } from './app.js';
export { type Fetch, nodeListener, toNodeHandler } from './node.js';
export { type RunningServer, type ServerOptions, startServer } from './start.js';
