# The server alone: no embedded servers, no simulator, no demonstration.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY conf conf
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 mvn -B -q package -Dmaven.test.skip=true

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 porteria \
 && useradd --system --uid 10001 --gid porteria --no-create-home --shell /usr/sbin/nologin porteria
WORKDIR /app
COPY --from=build /build/target/lib lib
COPY --from=build /build/conf conf
COPY --from=build /build/target/porteria.jar ./
USER 10001:10001
# Collectors read JSON; HTTP_PORT moves the port that the health check asks too.
ENV LOG_FORMAT=json HTTP_PORT=8080
EXPOSE 8080
# The root file system may be read-only; /tmp must be writable.
HEALTHCHECK --interval=10s --timeout=3s --start-period=40s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$HTTP_PORT && printf 'GET /api/v1/health/live HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", \
  "--enable-native-access=ALL-UNNAMED", "-jar", "porteria.jar"]
CMD ["serve"]
