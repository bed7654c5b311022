package porteria.testkit;

import java.util.List;
import java.util.Set;
import porteria.config.AddressRange;
import porteria.config.LimitSettings;
import porteria.config.Secret;
import porteria.config.StorageSettings;
import porteria.domain.Role;
import porteria.embedded.S3Access;
import porteria.embedded.S3Server;

/**
 * In what a test wants its {@link RunningServer} to differ.
 *
 * @param trustedProxies whose X-Forwarded-For is believed
 * @param totpRoles must sign in with a second factor
 * @param formerTagSecrets what the key of cards' hashes was before
 * @param storage where photos go
 * @param signUris whether cards are signed
 */
record ServerWishes(
    LimitSettings limits,
    List<AddressRange> trustedProxies,
    Set<Role> totpRoles,
    List<Secret> formerTagSecrets,
    StorageSettings storage,
    boolean signUris) {

  /** Limits that no test meets by chance, and no place for photos. */
  static final ServerWishes USUAL =
      new ServerWishes(
          new LimitSettings(1_000_000, 1_000_000, 1_000_000),
          List.of(AddressRange.parse("127.0.0.1").orElseThrow()),
          Set.of(),
          List.of(),
          TestStorage.in(
              new S3Access(RunningServer.NOWHERE, S3Server.REGION, "none", "none", "no-secret")),
          false);

  /** These limits, and no proxy in front. */
  ServerWishes limitedTo(LimitSettings others) {
    return new ServerWishes(others, List.of(), totpRoles, formerTagSecrets, storage, signUris);
  }

  ServerWishes behind(List<AddressRange> proxies) {
    return new ServerWishes(limits, proxies, totpRoles, formerTagSecrets, storage, signUris);
  }

  ServerWishes withTotp(Set<Role> roles) {
    return new ServerWishes(limits, trustedProxies, roles, formerTagSecrets, storage, signUris);
  }

  ServerWishes withFormerTagSecrets(List<Secret> former) {
    return new ServerWishes(limits, trustedProxies, totpRoles, former, storage, signUris);
  }

  ServerWishes withPhotosIn(S3Access s3) {
    return new ServerWishes(
        limits, trustedProxies, totpRoles, formerTagSecrets, TestStorage.in(s3), signUris);
  }

  ServerWishes withSignedCards() {
    return new ServerWishes(limits, trustedProxies, totpRoles, formerTagSecrets, storage, true);
  }
}
