# Builds an image that contains Node, the bundled server and the page.
#   docker build -t hubbub . && docker run -p 8080:8080 -v hubbub:/data hubbub
#
# The tests run on the same version of Node (scripts/setup/pins.mjs). To pin the image itself, append the digest that
# `docker buildx imagetools inspect node:26.10.0-trixie-slim` prints: node:26.10.0-trixie-slim@sha256:…
ARG NODE_IMAGE=node:26.10.0-trixie-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# The build has no git repository, so the caller passes the build id.
ARG BUILD_ID=unnamed
RUN npm run build && mv dist /app

# Removes npm and what else the server does not need: Fly.io bills a suspended machine for the size of its file system.
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
	HOST=0.0.0.0 \
	PORT=8080 \
	DATABASE_PATH=/data/hubbub.db
EXPOSE 8080
# as-node replaces itself with the server, so that the server receives signals directly.
ENTRYPOINT ["as-node"]
CMD ["node", "/app/main.mjs"]
