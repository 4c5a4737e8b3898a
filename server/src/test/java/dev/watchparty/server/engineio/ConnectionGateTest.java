package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.socketio.TestingTransportConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ConnectionGateTest {
    private final EmbeddedChannel listener = listener(config -> config.maxConnectionsPerAddress = 2);

    @Test
    void countsAnIpv6NetworkAsOneAddress() {
        connect("2001:db8:0:1::1");
        connect("2001:db8:0:1:ffff::2");

        assertThat(connect("2001:db8:0:1::3").isOpen()).isFalse();
        assertThat(connect("2001:db8:0:2::1").isOpen()).isTrue();
    }

    @Test
    void countsEveryIpv4AddressSeparately() {
        connect("198.51.100.1");
        connect("198.51.100.1");

        assertThat(connect("198.51.100.1").isOpen()).isFalse();
        assertThat(connect("198.51.100.2").isOpen()).isTrue();
    }

    @Test
    void passesOnOnlyAdmittedConnections() {
        EmbeddedChannel first = connect("198.51.100.1");
        EmbeddedChannel second = connect("198.51.100.1");
        connect("198.51.100.1");

        assertThat(listener.inboundMessages()).containsExactly(first, second);
    }

    @Test
    void givesThePlaceOfAClosedConnectionToTheNext() {
        EmbeddedChannel first = connect("198.51.100.1");
        connect("198.51.100.1");
        assertThat(connect("198.51.100.1").isOpen()).isFalse(); // and takes no place
        first.close();

        assertThat(connect("198.51.100.1").isOpen()).isTrue();
        assertThat(connect("198.51.100.1").isOpen()).isFalse();
    }

    @Test
    void closesNewConnectionsWhenAllPlacesAreTaken() {
        EmbeddedChannel small = listener(config -> {
            config.maxConnections = 2;
            config.trustedProxies = List.of("10.0.0.0/8");
        });
        EmbeddedChannel first = connect(small, "10.0.0.1");
        connect(small, "198.51.100.1");

        assertThat(connect(small, "10.0.0.1").isOpen()).isFalse();
        first.close();
        assertThat(connect(small, "198.51.100.2").isOpen()).isTrue();
    }

    private static EmbeddedChannel listener(Consumer<TestingTransportConfig> changes) {
        TestingTransportConfig config = new TestingTransportConfig();
        changes.accept(config);
        return new EmbeddedChannel(
                new ConnectionGate(config.build().limits(), new ClientAddresses(config.trustedProxies)));
    }

    private EmbeddedChannel connect(String address) {
        return connect(listener, address);
    }

    private static EmbeddedChannel connect(EmbeddedChannel listener, String address) {
        EmbeddedChannel connection = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(address, 1234);
            }
        };
        listener.writeInbound(connection);
        return connection;
    }
}
