package dev.watchparty.server.engineio;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import org.apiguardian.api.API;

/** Says who sent a request for a page, as the transport judges its own requests: by address and by origin. */
@API(status = API.Status.INTERNAL)
public final class Requesters {
    private static final AttributeKey<Requesters> KEY = AttributeKey.valueOf(Requesters.class, "requesters");

    private final Cors cors;
    private final ClientAddresses addresses;

    Requesters(Cors cors, ClientAddresses addresses) {
        this.cors = requireNonNull(cors, "cors is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
    }

    void attachTo(Channel channel) {
        channel.attr(KEY).set(this);
    }

    /** Those of the server that accepted a connection. */
    public static Requesters of(Channel channel) {
        return channel.attr(KEY).get();
    }

    /** The address whose limits count for a request: that of the client behind trusted proxies. */
    public AddressKey countedAs(Channel channel, HttpHeaders request) {
        return AddressKey.of(addresses.countedAs((InetSocketAddress) channel.remoteAddress(), request));
    }

    /** Whether the page that sent a request may talk to the server; a request that names no page may. */
    public boolean isAdmitted(Channel channel, HttpHeaders request) {
        return decide(channel, request).admitted();
    }

    /** Adds the headers by which a browser lets an admitted page read an answer. */
    public void addCorsTo(HttpHeaders answer, Channel channel, HttpHeaders request) {
        decide(channel, request).addTo(answer);
    }

    /** Adds the further headers of the answer to a browser that asks whether a page may send a request. */
    public static void addPreflightTo(HttpHeaders answer, HttpHeaders request) {
        Cors.addPreflightTo(answer, request);
    }

    private Cors.Decision decide(Channel channel, HttpHeaders request) {
        return cors.decide(request, HostCheck.isSecure(channel));
    }
}
