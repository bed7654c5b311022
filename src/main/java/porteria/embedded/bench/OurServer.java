package porteria.embedded.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ours: the real server over HTTP, loaded by wrk. */
record OurServer(Programs programs, int port, Path script) implements Contender {

  private static final int CONNECTIONS = 64;
  private static final int THREADS = 2;
  private static final String LUA = "/porteria/embedded/bench/scan.lua";
  private static final Pattern RESULT =
      Pattern.compile(
          "RESULT answers=(\\d+) refused=(\\d+) broken=(\\d+) micros=(\\d+) p50=(\\d+) p99=(\\d+)");

  static OurServer prepare(Programs programs, int port, BenchSchool school, Path directory)
      throws IOException {
    Path script = directory.resolve("scan.lua");
    Files.writeString(script, lua(school));
    return new OurServer(programs, port, script);
  }

  @Override
  public String name() {
    return "ours";
  }

  @Override
  public String sentence() {
    return "wrk, "
        + CONNECTIONS
        + " connections: scans answered 202 by the real server, authenticated and validated"
        + " against the contract, each an event with its announcement on disk. Telling families is"
        + " off (verticles.notification.instances = 0) and is measured by make simulate.";
  }

  @Override
  public String events() {
    return "attendance_event";
  }

  @Override
  public String owed() {
    return "announcement";
  }

  @Override
  public int inFlight() {
    return CONNECTIONS;
  }

  @Override
  public Load run(int seconds) throws IOException, InterruptedException {
    String output =
        programs.run(
            Map.of(),
            List.of(
                "wrk",
                "-t" + THREADS,
                "-c" + CONNECTIONS,
                "-d" + seconds + "s",
                "--latency",
                "--timeout",
                "10s",
                "-s",
                script.toString(),
                "http://127.0.0.1:" + port));
    Matcher result = RESULT.matcher(output);
    if (!result.find() || number(result, 2) + number(result, 3) > 0) {
      throw new IllegalStateException("not every scan was accepted:\n" + output);
    }
    return new Load(
        number(result, 1),
        number(result, 4) / 1e6,
        Map.of("p50", number(result, 5) / 1e3, "p99", number(result, 6) / 1e3));
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }

  private static String lua(BenchSchool school) throws IOException {
    try (var resource = OurServer.class.getResourceAsStream(LUA)) {
      if (resource == null) {
        throw new IllegalStateException(LUA + " is not on the class path");
      }
      StringBuilder kiosks = new StringBuilder();
      for (int i = 0; i < school.kioskTokens().size(); i++) {
        kiosks.append(
            "  { code = \"%s\", token = \"%s\" },\n"
                .formatted(BenchSchool.kioskCode(i), school.kioskTokens().get(i)));
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
          .replace("{kiosks}", kiosks)
          .replace("{gate}", BenchSchool.GATE_CODE)
          .replace("{share}", Integer.toString(BenchSchool.PUPILS / THREADS));
    }
  }
}
