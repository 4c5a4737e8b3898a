package dev.watchparty.bench.subject;

import com.corundumstudio.socketio.BroadcastOperations;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIOServer;
import dev.watchparty.protocol.SocketEvents;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The party's behaviour on an unmodified netty-socketio: its own pipeline and defaults, with epoll where the system has
 * it.
 *
 * <p>Usage: {@code NettySocketioServer <port>}
 */
public final class NettySocketioServer {
    private static final String DEFAULT_ROOM = "default";
    private static final int HEARTBEAT_MS = 1000;

    private final SocketIOServer server;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    /** A request of a client. */
    public static final class Request {
        public String username;
        public String videoId;
        public Double time;
    }

    /** INVARIANT: every method is called with the room's monitor held. */
    private static final class Room {
        final String name;
        final Map<String, Map<String, Object>> users = new LinkedHashMap<>();
        String videoId = "";
        double playbackTime;
        boolean playing;
        String lastAction = "init";
        String lastActionBy = "system";
        String lastActionByUsername = "System";
        long seq;
        long lastUpdatedAt = System.currentTimeMillis();

        Room(String name) {
            this.name = name;
        }

        double position() {
            return playing ? playbackTime + (System.currentTimeMillis() - lastUpdatedAt) / 1000.0 : playbackTime;
        }

        Map<String, Object> snapshot() {
            Map<String, Object> snapshot = new LinkedHashMap<>();
            snapshot.put("videoId", videoId);
            snapshot.put("playbackTime", position());
            snapshot.put("isPlaying", playing);
            snapshot.put("lastAction", lastAction);
            snapshot.put("lastActionBy", lastActionBy);
            snapshot.put("lastActionByUsername", lastActionByUsername);
            snapshot.put("seq", seq);
            snapshot.put("lastUpdatedAt", lastUpdatedAt);
            snapshot.put("users", new LinkedHashMap<>(users)); // encoded later, on another thread
            return snapshot;
        }

        void change(SocketIOClient client, String action, double time, boolean nowPlaying) {
            playbackTime = time;
            playing = nowPlaying;
            seq++;
            lastUpdatedAt = System.currentTimeMillis();
            lastAction = action;
            lastActionBy = id(client).substring(0, 8);
            Map<String, Object> user = users.get(id(client));
            lastActionByUsername = user == null ? "Unknown" : (String) user.get("username");
        }

        Map<String, Object> update() {
            Map<String, Object> update = sync();
            update.put("username", lastActionByUsername);
            return update;
        }

        Map<String, Object> sync() {
            Map<String, Object> sync = new LinkedHashMap<>();
            sync.put("time", position());
            sync.put("seq", seq);
            sync.put("lastUpdatedAt", lastUpdatedAt);
            return sync;
        }
    }

    private NettySocketioServer(SocketIOServer server) {
        this.server = server;
    }

    public static void main(String[] args) {
        Configuration config = new Configuration();
        config.setPort(Integer.parseInt(args[0]));
        config.setUseLinuxNativeEpoll(io.netty.channel.epoll.Epoll.isAvailable());
        new NettySocketioServer(new SocketIOServer(config)).start();
    }

    private void start() {
        server.addConnectListener(this::connected);
        server.addDisconnectListener(this::disconnected);
        server.addEventListener(
                SocketEvents.PING, Object.class, (client, none, ack) -> client.sendEvent(SocketEvents.PONG));
        server.addEventListener(SocketEvents.JOIN, Request.class, (client, request, ack) -> join(client, request));
        server.addEventListener(
                SocketEvents.CHANGE_VIDEO, Request.class, (client, request, ack) -> changeVideo(client, request));
        server.addEventListener(SocketEvents.PLAY, Request.class, (client, request, ack) -> play(client, request));
        server.addEventListener(SocketEvents.PAUSE, Request.class, (client, request, ack) -> pause(client, request));
        server.addEventListener(SocketEvents.SEEK, Request.class, (client, request, ack) -> seek(client, request));
        server.start();
        Executors.newSingleThreadScheduledExecutor()
                .scheduleAtFixedRate(this::beat, HEARTBEAT_MS, HEARTBEAT_MS, TimeUnit.MILLISECONDS);
    }

    private static String id(SocketIOClient client) {
        return client.getSessionId().toString();
    }

    private Room roomOf(SocketIOClient client) {
        String name = client.getHandshakeData().getSingleUrlParam("room");
        return rooms.computeIfAbsent(name == null ? DEFAULT_ROOM : name, Room::new);
    }

    private BroadcastOperations all(Room room) {
        return server.getRoomOperations(room.name);
    }

    private void connected(SocketIOClient client) {
        Room room = roomOf(client);
        synchronized (room) {
            client.joinRoom(room.name);
            client.sendEvent(SocketEvents.INIT, room.snapshot());
        }
    }

    private void disconnected(SocketIOClient client) {
        Room room = roomOf(client);
        synchronized (room) {
            Map<String, Object> user = room.users.remove(id(client));
            if (user != null) {
                Map<String, Object> left = new LinkedHashMap<>();
                left.put("socketId", id(client));
                left.put("username", user.get("username"));
                all(room).sendEvent(SocketEvents.USER_LEFT, left);
            }
        }
    }

    private void join(SocketIOClient client, Request request) {
        Room room = roomOf(client);
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("socketId", id(client));
        user.put("username", request.username == null ? "Anonymous" : request.username);
        user.put("joinedAt", System.currentTimeMillis());
        synchronized (room) {
            room.users.put(id(client), user);
            client.sendEvent(SocketEvents.INIT, room.snapshot());
            all(room).sendEvent(SocketEvents.USER_JOINED, client, Map.of("user", user));
        }
    }

    private void changeVideo(SocketIOClient client, Request request) {
        Room room = roomOf(client);
        synchronized (room) {
            room.videoId = request.videoId;
            room.change(client, "changeVideo", 0, false);
            Map<String, Object> change = new LinkedHashMap<>();
            change.put("videoId", room.videoId);
            change.put("seq", room.seq);
            change.put("lastUpdatedAt", room.lastUpdatedAt);
            change.put("username", room.lastActionByUsername);
            all(room).sendEvent(SocketEvents.VIDEO_CHANGE, change);
        }
    }

    private void play(SocketIOClient client, Request request) {
        Room room = roomOf(client);
        synchronized (room) {
            room.change(client, "play", timeOf(request, room), true);
            all(room).sendEvent(SocketEvents.PLAY, room.update());
        }
    }

    private void pause(SocketIOClient client, Request request) {
        Room room = roomOf(client);
        synchronized (room) {
            room.change(client, "pause", timeOf(request, room), false);
            all(room).sendEvent(SocketEvents.PAUSE, room.update());
        }
    }

    private void seek(SocketIOClient client, Request request) {
        Room room = roomOf(client);
        synchronized (room) {
            room.change(client, "seek", timeOf(request, room), room.playing);
            all(room).sendEvent(SocketEvents.SEEK, room.update());
        }
    }

    private static double timeOf(Request request, Room room) {
        return request.time == null ? room.position() : request.time;
    }

    private void beat() {
        for (Room room : rooms.values()) {
            synchronized (room) {
                if (room.playing && !room.videoId.isEmpty()) {
                    all(room).sendEvent(SocketEvents.SYNC, room.sync());
                }
            }
        }
    }
}
