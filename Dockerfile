# syntax=docker/dockerfile:1

FROM node:22-bookworm-slim AS node

FROM maven:3.9-eclipse-temurin-17 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    mvn -B -ntp -pl server -am -DskipTests package

FROM eclipse-temurin:17-jre
# The folder is for a volume: a new one takes its owner over.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin watchparty \
    && install -d -o watchparty -m 700 /var/lib/watchparty
WORKDIR /app
COPY --from=build /build/server/target/watchparty.jar watchparty.jar
# The classes of one start, so that no later one has to load them from the jar: it takes half the time.
RUN timeout --preserve-status --signal=TERM 15 \
    java -XX:+UseSerialGC -XX:ArchiveClassesAtExit=classes.jsa -Dwatchparty.recovery.file= -jar watchparty.jar
USER 10001

ENV PORT=4000
# For a host with 512 MB. The heap grows with the host; the rest is what Netty, classes and threads need beside it.
ENV JDK_JAVA_OPTIONS="-XX:SharedArchiveFile=/app/classes.jsa -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:InitialRAMPercentage=25 -Xmn24m -XX:MaxRAMPercentage=40 -XX:MaxDirectMemorySize=96m -XX:MaxMetaspaceSize=96m -XX:ReservedCodeCacheSize=64m -Xss512k -XX:+ExitOnOutOfMemoryError"

EXPOSE 4000
# The image has no HTTP client, but a shell that opens sockets.
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '^HTTP/1.1 200 ' <&3"]

# The process itself gets the signal to stop.
ENTRYPOINT ["java", "-jar", "watchparty.jar"]
