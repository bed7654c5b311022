package porteria.scan;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import porteria.audit.AuditTrail;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.config.ScanSettings;
import porteria.config.Secret;
import porteria.config.SecuritySettings;
import porteria.db.Database;
import porteria.domain.CardTokens;

/** Puts the scan feature on the bus. */
public final class ScanVerticle extends VerticleBase {

  private final Bus bus;
  private final ScanService scans;
  private final AnnulService annulments;
  private final AttendanceRepository attendance;
  private final Comparisons comparisons;
  private final MissingRepository missing;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();

  private ScanVerticle(
      Bus bus,
      ScanService scans,
      AnnulService annulments,
      AttendanceRepository attendance,
      Comparisons comparisons,
      MissingRepository missing) {
    this.bus = bus;
    this.scans = scans;
    this.annulments = annulments;
    this.attendance = attendance;
    this.comparisons = comparisons;
    this.missing = missing;
  }

  /**
   * A verticle with a batch connection of its own.
   *
   * @param staleAfter a scan older than this when it reaches us is not news
   */
  public static ScanVerticle create(
      Bus bus,
      Database database,
      AuditTrail trail,
      InstantSource clock,
      ScanSettings scan,
      SecuritySettings security,
      Duration staleAfter) {
    CardTokens tokens =
        new CardTokens(
            security.tagSecrets().stream().map(Secret::bytes).toList(),
            security.tagSigningKey().bytes());
    return new ScanVerticle(
        bus,
        new ScanService(
            bus,
            new ScanJudge(tokens, scan.skewLimit(), staleAfter),
            new ScanRepository(database, scan.repeatWindow(), security.previousTagSecrets().size()),
            scan),
        new AnnulService(database, trail, bus, clock, scan),
        new AttendanceRepository(database, bus),
        new Comparisons(database, bus, clock),
        new MissingRepository(database, bus, clock));
  }

  @Override
  public Future<?> start() {
    consumers.add(bus.answer(Addresses.SCAN_SUBMIT, scans::submit));
    consumers.add(bus.answer(Addresses.SCAN_ANNUL, annulments::annul));
    consumers.add(bus.answer(Addresses.ATTENDANCE_DAY, attendance::day));
    consumers.add(bus.answer(Addresses.ATTENDANCE_ARRIVALS, comparisons::arrivals));
    consumers.add(bus.answer(Addresses.ATTENDANCE_MISSING, missing::find));
    consumers.add(bus.answer(Addresses.ATTENDANCE_PREVIOUS, comparisons::previous));
    consumers.add(bus.answer(Addresses.ATTENDANCE_EVENTS, attendance::events));
    consumers.add(bus.answer(Addresses.ATTENDANCE_REJECTIONS, attendance::rejections));
    return Future.succeededFuture();
  }

  /** Takes no more, then lets what was taken be recorded. */
  @Override
  public Future<?> stop() {
    return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
        .compose(deaf -> scans.drained())
        .eventually(scans::close);
  }
}
