# Stage 1: the dependencies, with the tools that build the Opus decoder and our native addon.
FROM node:24-bookworm-slim AS build
WORKDIR /app
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 make g++ \
  && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
# What npm needs for the addon, which it makes once everything is installed.
COPY scripts/build-native.ts ./scripts/
COPY src/node-24.js ./src/
COPY src/voice/native ./src/voice/native
# No package's own installation runs, so that no prebuilt binary is fetched which nobody checked: @discordjs/opus and our addon
# are compiled from sources that the lock file has checked, with the headers of the Node that is here. What only brought
# sources is then taken out again.
RUN npm ci --omit=dev --ignore-scripts \
  && npm_config_build_from_source=true npm_config_nodedir=/usr/local npm rebuild @discordjs/opus --ignore-scripts=false \
  && node scripts/build-native.ts \
  && npm uninstall --no-save --omit=dev --ignore-scripts audify
# The optional packages stay, as the end-to-end encryption's native part is among them; only the Node binaries that
# serve machines with an older Node are taken out, because this image has its own.
RUN rm -rf node_modules/node-darwin-* node_modules/node-linux-* node_modules/node-win-* node_modules/.bin/node

# Stage 2: what runs.
FROM node:24-bookworm-slim
# Pages are for this machine alone unless told otherwise; in a container that would be nobody.
ENV NODE_ENV=production HTTP_HOST=0.0.0.0
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY package.json ./
COPY src ./src
COPY commands ./commands
RUN mkdir -m 0700 data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT || 8080}/healthz`).then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=2", "src/start.js"]
