export type { FleetProgress, ReadFleet } from "./api/fleet-progress.ts";
export { readEnvironment } from "./options/read-environment.ts";
export { readTokens } from "./options/read-tokens.ts";
export { type ServerOptions, serverOptions } from "./options/server-options.ts";
export { type RunningServer, type StartOptions, startServer } from "./start-server.ts";
