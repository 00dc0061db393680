#!/usr/bin/env node
// Asks the server of this container whether it lives; for the HEALTHCHECK of an image. Exit status 0 or 1.
const port = process.env.KINDLING_SERVE_PORT ?? 8080;
const isAlive = await fetch(`http://127.0.0.1:${port}/healthz`).then(
  ({ ok }) => ok,
  () => false,
);
process.exitCode = isAlive ? 0 : 1;
