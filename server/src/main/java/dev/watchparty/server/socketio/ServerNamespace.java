package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.namespace.Namespace;

/**
 * A namespace whose members are those that were let in. The library makes a member of every client while its object is
 * still being built, and before anybody has asked who it is.
 */
final class ServerNamespace extends Namespace {
    private volatile Admission admission = Admission.EVERYBODY;

    /** @param name as packets name it */
    ServerNamespace(String name, Configuration library) {
        super(name.equals(SocketIoCodec.DEFAULT_NAMESPACE) ? DEFAULT_NAME : name, library);
    }

    /** The name that packets use: the library's name of the default namespace is empty. */
    String wireName() {
        return getName().isEmpty() ? SocketIoCodec.DEFAULT_NAMESPACE : getName();
    }

    Admission admission() {
        return admission;
    }

    void admission(Admission decider) {
        admission = decider;
    }

    /** Called by the constructor of the library's client, which is too early. */
    @Override
    public void addClient(SocketIOClient client) {}

    /** Makes a member of a socket. The connect listeners are not called yet. */
    void admit(NamespaceSocket socket) {
        super.addClient(socket);
    }
}
