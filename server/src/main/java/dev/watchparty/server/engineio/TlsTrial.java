package dev.watchparty.server.engineio;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import javax.net.ssl.SSLException;

/**
 * A TLS handshake within memory. It finds errors that otherwise only the first client would meet: a key that does not
 * belong to the certificate, or one that no cipher can use.
 */
final class TlsTrial {
    private TlsTrial() {}

    /** @throws SSLException if no client could connect, whatever it trusts */
    static void handshake(SslContext server) throws SSLException {
        SslContext client = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
        EmbeddedChannel ours = new EmbeddedChannel();
        EmbeddedChannel theirs = new EmbeddedChannel();
        SslHandler answering = server.newHandler(ours.alloc());
        SslHandler asking = client.newHandler(theirs.alloc());
        try {
            ours.pipeline().addLast(answering, new Silent());
            theirs.pipeline().addLast(asking, new Silent());
            boolean moved = true;
            while (moved) {
                moved = move(theirs, ours);
                moved |= move(ours, theirs);
            }
            requireSuccess(asking.handshakeFuture());
            requireSuccess(answering.handshakeFuture());
        } finally {
            theirs.finishAndReleaseAll();
            ours.finishAndReleaseAll();
        }
    }

    /** Whether any bytes were moved. */
    private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        boolean moved = false;
        for (Object bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            moved = true;
            if (to.isOpen()) {
                to.writeInbound(bytes);
            } else {
                ReferenceCountUtil.release(bytes);
            }
        }
        return moved;
    }

    private static void requireSuccess(Future<?> handshake) throws SSLException {
        if (!handshake.isSuccess()) {
            throw new SSLException("no handshake is possible", handshake.cause());
        }
    }

    /** The futures report the failures. */
    private static final class Silent extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}
    }
}
