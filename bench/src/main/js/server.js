// The reference: the party's behaviour on the official Socket.IO server, set up as its manual recommends for
// production. One process, as the original; with the address of a Redis one of several, whose broadcasts reach the people of all
// by the adapter that the library's manual names. Each process keeps its own state of a room.
// Usage: node server.js <port> [redis://host:port]

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { Server } from "socket.io";

const HEARTBEAT_MS = 1000;
const VIDEO_ID = /^[A-Za-z0-9_-]{11}$/;
const MAX_TIME_S = 24 * 3600;

const http = createServer();
const io = new Server(http, {
  cors: { origin: "*" },
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
});

// The WebSocket library silently works without its native helpers if they are missing.
requireNative("bufferutil", process.env.WS_NO_BUFFER_UTIL, (helper) => helper.mask);
requireNative("utf-8-validate", process.env.WS_NO_UTF_8_VALIDATE, (helper) => helper);

function requireNative(name, unwanted, functionOf) {
  if (unwanted) {
    return;
  }
  const helper = createRequire(import.meta.url)(name);
  if (!Function.prototype.toString.call(functionOf(helper)).includes("[native code]")) {
    throw new Error(`${name}: its fallback in JavaScript (expected: its native build)`);
  }
}

if (process.argv[3]) {
  const { createClient } = await import("redis");
  const { createAdapter } = await import("@socket.io/redis-adapter");
  const publisher = createClient({ url: process.argv[3] });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  io.adapter(createAdapter(publisher, subscriber));
}

const rooms = new Map();

function roomNamed(name) {
  let room = rooms.get(name);
  if (room === undefined) {
    room = {
      name,
      videoId: "",
      playbackTime: 0,
      isPlaying: false,
      lastAction: "init",
      lastActionBy: "system",
      lastActionByUsername: "System",
      seq: 0,
      lastUpdatedAt: Date.now(),
      users: {},
      sockets: 0,
    };
    rooms.set(name, room);
  }
  return room;
}

function positionOf(room) {
  return room.isPlaying ? room.playbackTime + (Date.now() - room.lastUpdatedAt) / 1000 : room.playbackTime;
}

function snapshotOf(room) {
  return {
    videoId: room.videoId,
    playbackTime: positionOf(room),
    isPlaying: room.isPlaying,
    lastAction: room.lastAction,
    lastActionBy: room.lastActionBy,
    lastActionByUsername: room.lastActionByUsername,
    seq: room.seq,
    lastUpdatedAt: room.lastUpdatedAt,
    users: room.users,
  };
}

function timeOf(payload, room) {
  const time = payload?.time;
  return typeof time === "number" && time >= 0 && time <= MAX_TIME_S ? time : positionOf(room);
}

function usernameOf(room, socket) {
  return room.users[socket.id]?.username ?? "Unknown";
}

function change(room, socket, action, next) {
  Object.assign(room, next);
  room.seq += 1;
  room.lastUpdatedAt = Date.now();
  room.lastAction = action;
  room.lastActionBy = socket.id.slice(0, 8);
  room.lastActionByUsername = usernameOf(room, socket);
}

function broadcastPlayback(room, event) {
  io.to(room.name).emit(event, {
    time: positionOf(room),
    seq: room.seq,
    lastUpdatedAt: room.lastUpdatedAt,
    username: room.lastActionByUsername,
  });
}

io.on("connection", (socket) => {
  const room = roomNamed(socket.handshake.auth.room ?? socket.handshake.query.room ?? "default");
  // Socket.IO's manual, "Memory usage": the first request of a client is no longer needed.
  socket.conn.request = null;
  room.sockets += 1;
  socket.join(room.name);
  socket.emit("session:init", snapshotOf(room));

  socket.on("ping", () => socket.emit("pong"));

  socket.on("session:join", (payload) => {
    const username = String(payload?.username ?? "").trim().slice(0, 50) || "Anonymous";
    const user = { socketId: socket.id, username, joinedAt: Date.now() };
    room.users[socket.id] = user;
    socket.emit("session:init", snapshotOf(room));
    socket.to(room.name).emit("session:userJoined", { user });
  });

  socket.on("session:changeVideo", (payload) => {
    if (typeof payload?.videoId !== "string" || !VIDEO_ID.test(payload.videoId)) {
      return;
    }
    change(room, socket, "changeVideo", { videoId: payload.videoId, playbackTime: 0, isPlaying: false });
    io.to(room.name).emit("session:videoChange", {
      videoId: room.videoId,
      seq: room.seq,
      lastUpdatedAt: room.lastUpdatedAt,
      username: room.lastActionByUsername,
    });
  });

  socket.on("session:play", (payload) => {
    change(room, socket, "play", { playbackTime: timeOf(payload, room), isPlaying: true });
    broadcastPlayback(room, "session:play");
  });

  socket.on("session:pause", (payload) => {
    change(room, socket, "pause", { playbackTime: timeOf(payload, room), isPlaying: false });
    broadcastPlayback(room, "session:pause");
  });

  socket.on("session:seek", (payload) => {
    change(room, socket, "seek", { playbackTime: timeOf(payload, room) });
    broadcastPlayback(room, "session:seek");
  });

  socket.on("disconnect", () => {
    const user = room.users[socket.id];
    if (user !== undefined) {
      delete room.users[socket.id];
      io.to(room.name).emit("session:userLeft", { socketId: socket.id, username: user.username });
    }
    room.sockets -= 1;
    if (room.sockets === 0 && room.name !== "default") {
      rooms.delete(room.name);
    }
  });
});

setInterval(() => {
  for (const room of rooms.values()) {
    if (room.isPlaying && room.videoId !== "") {
      io.local.to(room.name).emit("session:sync", {
        time: positionOf(room),
        seq: room.seq,
        lastUpdatedAt: room.lastUpdatedAt,
      });
    }
  }
}, HEARTBEAT_MS);

process.on("SIGTERM", () => process.exit(0));
http.listen({ port: Number(process.argv[2]), host: "0.0.0.0", backlog: 4096 });
