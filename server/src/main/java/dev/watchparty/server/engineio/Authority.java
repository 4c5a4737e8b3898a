package dev.watchparty.server.engineio;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and an optional port, as {@code Host} and origins name them: RFC 3986, section 3.2, without the parts that no
 * host of the web has.
 *
 * @param host a name in lower case, an IPv4 address, or an IPv6 address in brackets and in its one canonical form
 */
record Authority(String host, OptionalInt port) {
    private static final Pattern FORM = Pattern.compile(
            "(?:\\[(?<v6>[0-9A-Fa-f:.]{2,45})]|(?<name>[A-Za-z0-9_~-]+(?:\\.[A-Za-z0-9_~-]+)*\\.?))(?::(?<port>\\d{0,5}))?");

    private static final int MAX_LENGTH = 255 + ":65535".length();
    private static final int MAX_PORT = 65_535;

    /** Returns empty if the text is not one. */
    static Optional<Authority> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            return Optional.empty();
        }
        String digits = matcher.group("port");
        OptionalInt port =
                digits == null || digits.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
        if (port.isPresent() && (port.getAsInt() == 0 || port.getAsInt() > MAX_PORT)) {
            return Optional.empty();
        }
        String address = matcher.group("v6");
        return address == null
                ? Optional.of(new Authority(matcher.group("name").toLowerCase(Locale.ROOT), port))
                : canonical(address).map(host -> new Authority(host, port));
    }

    private static Optional<String> canonical(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length != 16) {
            return Optional.empty();
        }
        try {
            return Optional.of("[" + NetUtil.toAddressString(Inet6Address.getByAddress(null, bytes, -1)) + "]");
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** In the form that {@code Host} has. */
    @Override
    public String toString() {
        return port.isPresent() ? host + ":" + port.getAsInt() : host;
    }
}
