# Stage 1: the dependencies, with the tools that build the Opus decoder and the native addon.
FROM node:24-bookworm-slim AS build
WORKDIR /app
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 make g++ \
  && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
# The sources of the addon, which npm builds at the end of the installation.
COPY scripts/build-native.ts ./scripts/
COPY src/node-24.js ./src/
COPY src/voice/native ./src/voice/native
# No install script of a package runs, so that no unverified prebuilt binary is downloaded. @discordjs/opus and the addon are
# compiled from sources that the lock file verifies, with the headers of this Node. The package that only contains sources is then
# removed.
RUN npm ci --omit=dev --ignore-scripts \
  && npm_config_build_from_source=true npm_config_nodedir=/usr/local npm rebuild @discordjs/opus --ignore-scripts=false \
  && node scripts/build-native.ts \
  && npm uninstall --no-save --omit=dev --ignore-scripts audify
# The optional packages stay, because the native part of end-to-end encryption is one of them. Only the Node binaries for machines
# with an older Node are removed, because this image has its own.
RUN rm -rf node_modules/node-darwin-* node_modules/node-linux-* node_modules/node-win-* node_modules/.bin/node

# Stage 2: the image that runs.
FROM node:24-bookworm-slim
# By default only the same machine can reach the pages. In a container that would be nobody.
ENV NODE_ENV=production HTTP_HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY package.json ./
COPY src ./src
COPY commands ./commands
COPY scripts/migrate.ts scripts/fleet.ts ./scripts/
COPY scripts/fleet ./scripts/fleet
RUN mkdir -m 0700 data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT || 8080}/healthz`).then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=2", "src/start.js"]
