# Builds Hubbub into an image that holds Node, the bundled server and the page, and nothing else.
#   docker build -t hubbub . && docker run -p 8080:8080 -v hubbub:/data hubbub
#
# The version is the one that the tests run on (scripts/setup/pins.mjs). To pin its bytes as well, append the digest
# that `docker buildx imagetools inspect node:26.10.0-trixie-slim` tells: node:26.10.0-trixie-slim@sha256:…
ARG NODE_IMAGE=node:26.10.0-trixie-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# There is no git in here to ask what is built.
ARG BUILD_ID=unnamed
RUN npm run build && mv dist /app
# Compiled once here instead of at every start: the same Node, the same files, the same path as in the last stage.
RUN node scripts/image/bake-compile-cache.ts /app/main.mjs /app/compile-cache

# What npm needs and a server doesn't: a machine that sleeps is billed for the size of its file system.
FROM ${NODE_IMAGE} AS base
RUN rm -rf /usr/local/lib/node_modules /usr/local/include /usr/local/share \
	/usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/docker-entrypoint.sh

FROM scratch
COPY --from=base / /
COPY --from=build --chmod=755 /build/scripts/image/as-node.sh /usr/local/bin/as-node
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
	NODE_ENV=production \
	NODE_COMPILE_CACHE=/app/compile-cache \
	HOST=0.0.0.0 \
	PORT=8080 \
	DATABASE_PATH=/data/hubbub.db
EXPOSE 8080
# No shell stays between the signals and the server: as-node replaces itself with it.
ENTRYPOINT ["as-node"]
CMD ["node", "/app/main.mjs"]
