# Kindling as a server: docker build -t kindling . ; docs/SERVER.md has the commands that run it.

FROM node:22-bookworm-slim AS build
WORKDIR /src
COPY . .
# Without scripts of packages: what is native comes built, and ONNX Runtime would fetch libraries for CUDA. It carries the
# files of every platform, of which one is needed.
RUN npm ci --ignore-scripts \
  && npm run build \
  && npm prune --omit=dev --ignore-scripts \
  && find node_modules/onnxruntime-node/bin -maxdepth 2 -type d \( -name darwin -o -name win32 \) -prune -exec rm -r {} + \
  && find . -name node_modules -prune -o -type d -name src -prune -exec rm -r {} +

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
  KINDLING_SERVE_HOST=0.0.0.0 \
  KINDLING_SERVE_PORT=8080
WORKDIR /app
COPY --from=build --chown=root:root /src/package.json ./
COPY --from=build --chown=root:root /src/node_modules ./node_modules
COPY --from=build --chown=root:root /src/packages ./packages
COPY --from=build --chown=root:root /src/models ./models
COPY --from=build --chown=root:root /src/apps ./apps
# A user without a name, a home or rights: nothing here is writable for it, and nothing needs to be.
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --retries=5 \
  CMD ["node", "apps/server/bin/check-health.js"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "apps/cli/bin/kindling.js"]
CMD ["serve"]
