package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientAddressesTest {
    private final ClientAddresses addresses = new ClientAddresses(List.of("10.0.0.0/8", "192.0.2.1", "2001:db8::/32"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            203.0.113.7 | -                                     | 203.0.113.7
            203.0.113.7 | 198.51.100.1                          | 203.0.113.7
            10.1.2.3    | -                                     | 10.1.2.3
            10.1.2.3    | 198.51.100.1                          | 198.51.100.1
            10.1.2.3    | 6.6.6.6, 198.51.100.1                 | 198.51.100.1
            10.1.2.3    | 6.6.6.6, 198.51.100.1, 192.0.2.1      | 198.51.100.1
            10.1.2.3    | 198.51.100.1:4711                     | 198.51.100.1
            10.1.2.3    | [2001:db9::1]:4711                    | 2001:db9:0:0:0:0:0:1
            2001:db8::5 | 2001:db9::1                           | 2001:db9:0:0:0:0:0:1
            10.1.2.3    | unknown                               | 10.1.2.3
            10.1.2.3    | 198.51.100.1, evil.example            | 10.1.2.3
            10.1.2.3    | 192.0.2.1                             | 192.0.2.1
            10.1.2.3    | ''                                    | 10.1.2.3
            """)
    void findsTheNearestAddressThatIsNotAProxy(String peer, String forwardedFor, String client) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        if (forwardedFor != null) {
            headers.add("X-Forwarded-For", forwardedFor);
        }

        InetSocketAddress found = addresses.clientOf(new InetSocketAddress(peer, 1234), headers);

        assertThat(found.getAddress().getHostAddress()).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            203.0.113.7   | 198.51.100.1          | 203.0.113.7
            127.0.0.1     | -                     | 127.0.0.1
            127.0.0.1     | 198.51.100.1          | 198.51.100.1
            127.0.0.1     | 6.6.6.6, 198.51.100.1 | 198.51.100.1
            127.0.0.1     | unknown               | 127.0.0.1
            172.17.0.1    | 198.51.100.1          | 198.51.100.1
            172.32.0.1    | 198.51.100.1          | 172.32.0.1
            192.168.1.1   | 198.51.100.1          | 198.51.100.1
            169.254.1.1   | 198.51.100.1          | 198.51.100.1
            100.64.0.1    | 198.51.100.1          | 198.51.100.1
            100.128.0.1   | 198.51.100.1          | 100.128.0.1
            ::1           | 198.51.100.1          | 198.51.100.1
            fd00::1       | 198.51.100.1          | 198.51.100.1
            fe80::1       | 198.51.100.1          | 198.51.100.1
            2a00::1       | 198.51.100.1          | 2a00:0:0:0:0:0:0:1
            10.1.2.3      | 6.6.6.6, 198.51.100.1 | 198.51.100.1
            """)
    void countsClientsBehindAnUnlistedPrivateProxyApart(String peer, String forwardedFor, String counted) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        if (forwardedFor != null) {
            headers.add("X-Forwarded-For", forwardedFor);
        }

        assertThat(addresses
                        .countedAs(new InetSocketAddress(peer, 1234), headers)
                        .getHostAddress())
                .isEqualTo(counted);
    }

    @Test
    void readsRepeatedHeadersAsOne() {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        headers.add("X-Forwarded-For", "198.51.100.1");
        headers.add("X-Forwarded-For", "192.0.2.1");

        InetSocketAddress found = addresses.clientOf(new InetSocketAddress("10.0.0.1", 1), headers);

        assertThat(found.getAddress().getHostAddress()).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.0/x", "10.0.0.0/99", "10.0.0/8"})
    void refusesAnEntryThatIsNotANetwork(String network) {
        assertThatThrownBy(() -> new ClientAddresses(List.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "trustedProxies: %s (expected: addresses, or networks such as 10.0.0.0/8)".formatted(network));
    }
}
