package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.namespace.Namespace;

/**
 * A namespace whose members are the sockets that were admitted. The library adds every client while its object is still
 * being built, and before its identity is checked.
 */
final class ServerNamespace extends Namespace {
    private volatile Admission admission = Admission.EVERYBODY;

    /** @param name the name that packets use */
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

    /** The constructor of the library's client calls this, which is too early. */
    @Override
    public void addClient(SocketIOClient client) {}

    /** Makes a socket a member. The connect listeners are not called yet. */
    void admit(NamespaceSocket socket) {
        super.addClient(socket);
    }
}
