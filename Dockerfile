# syntax=docker/dockerfile:1
# Node is the line of long-term support that .github/workflows/ci.yml tests beside the oldest one.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
# TypeScript stays as an optional peer of valibot, which needs it for types alone.
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/typescript node_modules/@typescript

FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends redis-server tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production DELTAWIRE_DATA=/data DELTAWIRE_HOST=0.0.0.0
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY bin ./bin
# Named one by one: sources.yaml, settings.yaml and backups/ hold logins and keys, and are mounted instead (compose.yaml).
COPY config/editions.yaml config/regions.yaml ./config/
COPY config/*.schema.json ./config/
# Whoever it runs as (`user:` in compose.yaml) keeps its data here; a volume takes this over.
RUN mkdir -m 1777 /data
USER node
VOLUME /data
EXPOSE 8480
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.DELTAWIRE_PORT || 8480) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "bin/deltawire"]
CMD ["start"]
