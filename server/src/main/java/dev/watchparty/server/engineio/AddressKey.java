package dev.watchparty.server.engineio;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * The unit that counts as one address: an IPv4 address, or the /64 network of an IPv6 address, because one customer has
 * such a network alone.
 *
 * @param network the address or the first half of it, as a number
 */
@API(status = API.Status.INTERNAL)
public record AddressKey(long network) {
    public static AddressKey of(InetAddress address) {
        byte[] bytes = address.getAddress();
        int length = address instanceof Inet6Address ? Long.BYTES : bytes.length;
        long network = 0;
        for (byte part : Arrays.copyOf(bytes, length)) {
            network = network << Byte.SIZE | Byte.toUnsignedLong(part);
        }
        return new AddressKey(network);
    }
}
