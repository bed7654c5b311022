package porteria.storage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.config.StorageSettings;
import porteria.domain.Failure;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/**
 * The files of schools in S3. The SDK blocks, so it works on threads of its own, few of them: a
 * slow S3 server makes files wait and nothing else. Signatures bear the machine's own time, as the
 * S3 server's checks do. Fails with UNAVAILABLE when S3 does not answer.
 */
public final class ObjectStorage {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectStorage.class);

  private static final int THREADS = 4;
  private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  /** So many calls in a row without an answer are enough. */
  private static final int MOST_SILENT = 3;

  /** HTTP's least status of a server that is at fault itself (RFC 9110, section 15.6). */
  private static final int SERVER_ERROR = 500;

  private static final int NAME_BYTES = 16;

  private final WorkerExecutor threads;
  private final String bucket;
  private final StorageSettings.Encryption encryption;
  private final S3Client client;
  private final S3Presigner presigner;
  private final SecureRandom random = new SecureRandom();

  /**
   * What lies under a key.
   *
   * @param start its first bytes, at most {@link FileType#SIGNATURE_BYTES}
   */
  public record StoredObject(long bytes, Buffer start) {}

  private ObjectStorage(Vertx vertx, StorageSettings settings) {
    this.threads = vertx.createSharedWorkerExecutor("object-storage", THREADS);
    this.bucket = settings.bucket();
    this.encryption = settings.encryption();
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(settings.accessKey().value(), settings.secretKey().value()));
    this.client =
        S3Client.builder()
            .endpointOverride(settings.endpoint())
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            .forcePathStyle(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_LIMIT)
                    .socketTimeout(CALL_LIMIT))
            .overrideConfiguration(override -> override.apiCallTimeout(CALL_LIMIT))
            .build();
    this.presigner =
        S3Presigner.builder()
            .endpointOverride(settings.publicEndpoint())
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build();
  }

  /** Opens the way to S3; nothing is asked of it yet. */
  public static ObjectStorage open(Vertx vertx, StorageSettings settings) {
    return new ObjectStorage(vertx, settings);
  }

  /** Lets go of connections and threads. */
  public Future<Void> close() {
    return threads
        .executeBlocking(
            () -> {
              client.close();
              presigner.close();
              return true;
            })
        .eventually(threads::close)
        .mapEmpty();
  }

  /** A key for a new file of a school: nobody guesses it, and it says nothing of anybody. */
  public String newKey(UUID school, FileType type) {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return "%s/%s.%s".formatted(school, HexFormat.of().formatHex(name), type.extension());
  }

  /** A URL that takes one object of this type and length, once, under {@code key}. */
  public Future<PresignedUpload> signPut(String key, FileType type, long bytes, Duration life) {
    return blocking(
        () ->
            upload(
                presigner.presignPutObject(
                    put ->
                        put.signatureDuration(life).putObjectRequest(object(key, type, bytes)))));
  }

  /** Puts an object under a key that is new. */
  public Future<Void> put(String key, FileType type, Buffer file) {
    return blocking(
            () -> {
              PutObjectRequest object = object(key, type, file.length());
              client.putObject(object, RequestBody.fromBytes(file.getBytes()));
              return true;
            })
        .mapEmpty();
  }

  private PutObjectRequest object(String key, FileType type, long bytes) {
    PutObjectRequest.Builder object =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType(type.mediaType())
            .contentLength(bytes)
            .ifNoneMatch("*");
    switch (encryption) {
      case NONE -> {}
      case AES256 -> object.serverSideEncryption(ServerSideEncryption.AES256);
      case KMS -> object.serverSideEncryption(ServerSideEncryption.AWS_KMS);
    }
    return object.build();
  }

  /** A URL and the headers that belong to it. */
  public record PresignedUpload(URI url, Map<String, String> headers) {}

  private static PresignedUpload upload(PresignedPutObjectRequest signed)
      throws URISyntaxException {
    Map<String, String> headers = new HashMap<>();
    signed
        .signedHeaders()
        .forEach(
            (name, values) -> {
              if (!"host".equalsIgnoreCase(name)) {
                headers.put(name, String.join(",", values));
              }
            });
    return new PresignedUpload(signed.url().toURI(), headers);
  }

  /** A URL that shows the object. */
  public Future<URI> signGet(String key, Duration life) {
    return blocking(
        () ->
            presigner
                .presignGetObject(
                    get ->
                        get.signatureDuration(life)
                            .getObjectRequest(object -> object.bucket(bucket).key(key)))
                .url()
                .toURI());
  }

  /** Looks at an object; empty when there is none. */
  public Future<Optional<StoredObject>> look(String key) {
    return blocking(
        () -> {
          try {
            long bytes = client.headObject(head -> head.bucket(bucket).key(key)).contentLength();
            GetObjectRequest start =
                GetObjectRequest.builder()
                    .bucket(bucket)
                    .key(key)
                    .range("bytes=0-" + (FileType.SIGNATURE_BYTES - 1))
                    .build();
            return Optional.of(
                new StoredObject(
                    bytes, Buffer.buffer(client.getObjectAsBytes(start).asByteArray())));
          } catch (NoSuchKeyException missing) {
            return Optional.empty();
          }
        });
  }

  /**
   * Requires that what was announced has come: of its length, and beginning as its type does.
   * Anything else is deleted.
   *
   * @return fails with CONFLICT when nothing was uploaded yet, or something else
   */
  public Future<Void> requireAnnounced(String key, FileType type, long bytes) {
    return look(key)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return conflict("Nothing was uploaded yet.");
              }
              return found.get().bytes() == bytes && type.begins(found.get().start())
                  ? Future.succeededFuture()
                  : delete(List.of(key))
                      .compose(
                          gone ->
                              conflict(
                                  "What was uploaded is not the %s of %d bytes that was announced; it was deleted."
                                      .formatted(type, bytes)));
            });
  }

  private static Future<Void> conflict(String detail) {
    return Future.failedFuture(Failure.of(Failure.Kind.CONFLICT, detail).asException());
  }

  /** Deletes objects; those that are not there are no mistake. */
  public Future<Void> delete(List<String> keys) {
    return blocking(
            () -> {
              for (String key : keys) {
                client.deleteObject(object -> object.bucket(bucket).key(key));
              }
              return true;
            })
        .mapEmpty();
  }

  /**
   * Deletes as many objects as can be: one that S3 refuses to delete does not keep the others.
   *
   * @return the keys of those that are gone, and that were not there; fails when S3 is silent
   */
  public Future<Set<String>> deleteEach(List<String> keys) {
    return blocking(() -> deletePossible(keys));
  }

  private Set<String> deletePossible(List<String> keys) {
    Set<String> gone = new LinkedHashSet<>();
    List<SdkException> silences = new ArrayList<>();
    for (String key : keys) {
      try {
        client.deleteObject(object -> object.bucket(bucket).key(key));
        gone.add(key);
        silences.clear();
      } catch (SdkException fault) {
        if (isRefusal(fault)) {
          silences.clear();
        } else {
          silences.add(fault);
        }
        // Each takes as long as a call may: whoever is silent so often is for the rest too.
        if (silences.size() == MOST_SILENT) {
          throw fault;
        }
        LOG.warn("S3 did not delete a file: {}", fault.getClass().getSimpleName());
      }
    }
    if (gone.isEmpty() && !silences.isEmpty()) {
      throw silences.getLast();
    }
    return gone;
  }

  private static boolean isRefusal(SdkException fault) {
    return fault instanceof AwsServiceException answer && answer.statusCode() < SERVER_ERROR;
  }

  private <T> Future<T> blocking(Callable<T> work) {
    Future<T> done = threads.executeBlocking(work, false).map(Objects::requireNonNull);
    return done.recover(
        fault -> {
          if (!(fault instanceof SdkException)) {
            return Future.failedFuture(fault);
          }
          LOG.warn("S3 does not serve: {}", fault.getClass().getSimpleName());
          return Future.failedFuture(
              Failure.of(
                      Failure.Kind.UNAVAILABLE,
                      "The file storage does not answer; try again shortly.")
                  .asException());
        });
  }
}
