# Debian 13 has the C++ library that the prebuilt parser needs: nothing is compiled, in no stage.
FROM node:24-trixie-slim AS base
WORKDIR /app

FROM base AS build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY rules ./rules
COPY src ./src
# What only people and compilers read, and parsers for other systems, is half of what is installed.
RUN node scripts/build.ts && npm prune --omit=dev --ignore-scripts \
  && find node_modules dist -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.md' \) -delete \
  && find node_modules -depth -type d \( -path '*/prebuilds/darwin-*' -o -path '*/prebuilds/win32-*' \) -exec rm -r {} +

FROM base
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
# The service needs no package manager, and installs nothing.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn-* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/yarn /usr/local/bin/yarnpkg \
  && install -d -o node -g node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY assets ./assets
COPY LICENSE ./
USER node
# All that is ever written: the file system of the image can be read-only.
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# A core dump would hold code under review, and secrets.
CMD ["sh", "-c", "ulimit -c 0; exec node --max-semi-space-size=4 --max-old-space-size=768 dist/main.js"]
