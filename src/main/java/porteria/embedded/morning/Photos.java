package porteria.embedded.morning;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.imageio.ImageIO;
import porteria.domain.ScanType;

/**
 * The photos of a morning: of each entry that was recorded a kiosk asks whether it may keep one, as
 * the school and a guardian decide, and sends it where it is told to. No scan waits for them.
 */
final class Photos {

  private static final String TYPE = "image/jpeg";
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final int FACE = 0xE0AC69;

  private final WebClient client;
  private final String photos;
  private final Buffer picture = picture();
  private int underWay;
  private int offered;
  private int kept;

  /**
   * @param client of their own connections
   * @param baseUrl of the server, without a path
   */
  Photos(WebClient client, String baseUrl) {
    this.client = client;
    this.photos = baseUrl + "/api/v1/attendance/photo/";
  }

  /** How many were asked for, and how many of those were kept. */
  record Counts(int offered, int kept) {}

  Counts counts() {
    return new Counts(offered, kept);
  }

  boolean isIdle() {
    return underWay == 0;
  }

  /** Takes a photo of the scan that was delivered, if it was an entry and is wanted. */
  void take(Demo.Device kiosk, Delivery delivery) {
    if (delivery.answer() instanceof Answer.Accepted accepted
        && !accepted.duplicate()
        && delivery.scan().type() == ScanType.IN) {
      underWay++;
      keep(kiosk, accepted.eventId()).onComplete(over -> underWay--);
    }
  }

  /**
   * Asks to keep a photo of an event, and sends it if that is granted; answers whether it is kept.
   */
  Future<Boolean> keep(Demo.Device kiosk, String event) {
    JsonObject file =
        new JsonObject().put("content_type", TYPE).put("content_length", picture.length());
    return client
        .putAbs(photos + event)
        .bearerTokenAuthentication(kiosk.token())
        .sendJsonObject(file)
        .compose(
            answer ->
                answer.statusCode() == 200
                    ? send(kiosk, event, Objects.requireNonNull(answer.bodyAsJsonObject()))
                    : Future.succeededFuture(false));
  }

  private Future<Boolean> send(Demo.Device kiosk, String event, JsonObject leave) {
    offered++;
    var upload = client.putAbs(leave.getString("url"));
    leave
        .getJsonObject("headers")
        .forEach(header -> upload.putHeader(header.getKey(), String.valueOf(header.getValue())));
    return upload
        .sendBuffer(picture)
        .compose(
            sent ->
                client
                    .postAbs(photos + event + "/complete")
                    .bearerTokenAuthentication(kiosk.token())
                    .send())
        .map(this::isKept);
  }

  private boolean isKept(HttpResponse<Buffer> answer) {
    boolean isKept = answer.statusCode() == 200;
    kept += isKept ? 1 : 0;
    return isKept;
  }

  private static Buffer picture() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int x = WIDTH / 4; x < WIDTH * 3 / 4; x++) {
      for (int y = HEIGHT / 4; y < HEIGHT * 3 / 4; y++) {
        image.setRGB(x, y, FACE);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
