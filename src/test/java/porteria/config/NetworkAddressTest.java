package porteria.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an address, which are of one network, and which are in a range. */
class NetworkAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "' 192.0.2.7 ', 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "::ffff:c000:207, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
    "2001:db8:1:2::9, 20010db800010002/64",
    "2001:DB8:1:2:0:0:0:9, 20010db800010002/64",
    "2001:db8:1:3::9, 20010db800010003/64",
    "::1, 0000000000000000/64",
    "fe80::1%eth0, fe80000000000000/64"
  })
  void limits_count_an_address_of_version_four_and_a_network_of_version_six(
      String text, String network) {
    assertThat(NetworkAddress.networkOf(text)).isEqualTo(network);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "localhost", "cafe", "127.1", "2130706433", "0x7f.0.0.1", "256.0.0.1", "1.2.3",
        "010.0.0.1", "192.0.2.7:80", ":", ":::", "1:2", "2001:db8::1::2", "[::1]", "a:b.example",
        "unknown", "1.2.3.4, 5.6.7.8"
      })
  void what_is_no_address_is_none_and_is_not_looked_up(String text) {
    assertThat(NetworkAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.0.0.5, 10.0.0.5, true",
    "10.0.0.5, 10.0.0.6, false",
    "10.0.0.9/30, 10.0.0.11, true",
    "10.0.0.9/30, 10.0.0.12, false",
    "0.0.0.0/0, 198.51.100.1, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "10.0.0.0/8, ::ffff:10.0.0.1, true"
  })
  void a_range_holds_the_addresses_that_begin_alike(String range, String address, boolean held) {
    assertThat(
            AddressRange.parse(range)
                .orElseThrow()
                .contains(NetworkAddress.parse(address).orElseThrow()))
        .isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy.example", "10.0.0.0/33", "::/129", "10.0.0.0/", "/8", "10/8"})
  void what_is_no_range_is_none(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }
}
