package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.ExceptionListener;
import dev.watchparty.server.logging.LogText;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the exceptions of the application's listeners. They have no other effect, neither for the client nor for others.
 */
final class ListenerFailures implements ExceptionListener {
    private static final Logger log = LoggerFactory.getLogger(ListenerFailures.class);

    @Override
    public void onEventException(Exception e, List<Object> arguments, SocketIOClient client) {
        logFailure("An event", e);
    }

    @Override
    public void onConnectException(Exception e, SocketIOClient client) {
        logFailure("A connect", e);
    }

    @Override
    public void onDisconnectException(Exception e, SocketIOClient client) {
        logFailure("A disconnect", e);
    }

    @Override
    public void onAuthException(Throwable e, SocketIOClient client) {
        logFailure("An auth", e);
    }

    @Override
    @Deprecated
    public void onPingException(Exception e, SocketIOClient client) {
        logFailure("A ping", e);
    }

    @Override
    public void onPongException(Exception e, SocketIOClient client) {
        logFailure("A pong", e);
    }

    @Override
    public boolean exceptionCaught(ChannelHandlerContext ctx, Throwable e) {
        return false;
    }

    private static void logFailure(String listener, Throwable e) {
        if (log.isErrorEnabled()) {
            log.error("{} listener failed: {}", listener, LogText.describe(e));
        }
    }
}
