// Hundreds of people in one process, over networks that can be cut.
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import * as msgpackParser from 'socket.io-msgpack-parser';
import { serve } from './commands.mjs';
import { loseNetwork } from './lose-network.mjs';
import { Network } from './network.mjs';

const PATIENCE_MS = 60_000;
const VIDEO = 'dQw4w9WgXcQ';
const MODES = [['polling'], ['websocket'], ['polling', 'websocket']];

class Guest {
  constructor(url, number, rooms) {
    this.name = `Guest ${number}`;
    this.room = `room-${number % rooms}`;
    this.returns = 0;
    this.errors = [];
    this.socket = io(url, {
      forceNew: true,
      transports: MODES[number % MODES.length],
      reconnectionDelay: 100,
      reconnectionDelayMax: 1000,
      auth: { room: this.room },
      ...(number % 4 === 3 && { parser: msgpackParser }),
    });
    this.socket.on('connect', () => (this.returns += 1));
    this.socket.on('session:error', error => this.errors.push(error.code));
    this.socket.on('session:init', init => {
      this.users = init.users;
      if (init.users[this.socket.id]?.username === this.name) {
        this.listedAt = performance.now();
      }
    });
  }

  async join() {
    await until(`${this.name} is connected`, () => this.socket.connected && this.users);
    this.socket.emit('session:join', { username: this.name });
    await until(`${this.name} is listed`, () => this.users[this.socket.id]?.username === this.name);
  }

  /** Asks until the server answers, because messages into a connection that has just been lost are lost. */
  async settle() {
    let answered = false;
    this.socket.once('pong', () => (answered = true));
    for (const deadline = Date.now() + PATIENCE_MS; !answered; await sleep(500)) {
      if (Date.now() > deadline) {
        throw new Error(`${this.name} has no answer`);
      }
      if (this.socket.connected) {
        this.socket.emit('ping');
        await sleep(20);
      }
    }
  }

  look() {
    const { name, room, returns, errors } = this;
    const backMs = this.listedAt - reopenedAt;
    return { name, room, returns, errors, backMs, id: this.socket.id, isConnected: this.socket.connected };
  }
}

let networks = [];
let guests = [];
let living;
let reopenedAt = 0;

const operations = {
  /** People come by one door for each port in turn, since those who poll must stay with one server. */
  async open({ ports, size, rooms }) {
    networks = await Promise.all(ports.map(port => Network.to(port)));
    guests = Array.from({ length: size }, (_, number) => {
      const door = Math.floor(number / MODES.length) % networks.length;
      return new Guest(networks[door].url, number, rooms);
    });
    await Promise.all(guests.map(guest => guest.join()));
  },
  /** Cuts all connections at once, lets nobody in for a time, and waits until all are back. */
  async storm({ downMs, ports }) {
    const before = guests.map(guest => guest.returns);
    await Promise.all(networks.map(network => network.down()));
    await sleep(downMs);
    if (ports) {
      await Promise.all(networks.map((network, at) => network.leadTo(ports[at])));
    }
    reopenedAt = performance.now();
    await Promise.all(networks.map(network => network.up()));
    await until('all are back', () =>
      guests.every((guest, at) => guest.socket.connected && guest.returns > before[at]),
    );
    await Promise.all(guests.map(guest => guest.settle()));
  },
  look: () => guests.map(guest => guest.look()),
  /** The participants of a room, as a new client sees them. */
  list: ({ room }) =>
    new Promise(resolve => {
      const socket = io(networks[0].url, { forceNew: true, transports: ['websocket'], auth: { room } });
      socket.on('session:init', ({ users }) => {
        socket.disconnect();
        resolve(users);
      });
    }),
  /** Lets people act as people do, until told to stop. */
  live({ actionsPerSecond }) {
    let stopped = false;
    const run = (async () => {
      for (let step = 0; !stopped; step += 1) {
        act(guests[Math.floor(Math.random() * guests.length)], step);
        await sleep(1000 / actionsPerSecond);
      }
    })();
    living = () => {
      stopped = true;
      return run;
    };
  },
  async rest() {
    await living();
    await Promise.all(guests.map(guest => guest.settle()));
  },
  /** The networks stay, since the server is to hear that all leave. */
  close() {
    for (const guest of guests) {
      guest.socket.disconnect();
    }
    guests = [];
  },
};

function act(guest, step) {
  const { socket } = guest;
  const time = step % 3600;
  switch (step % 10) {
    case 0:
      return socket.emit('session:changeVideo', { videoId: VIDEO });
    case 1:
      return socket.emit('session:pause', { time });
    case 2:
      return socket.emit('session:seek', { time });
    case 3:
      if (socket.connected) {
        loseNetwork(socket);
      }
      return undefined;
    case 4:
      socket.disconnect().connect();
      socket.once('connect', () => socket.emit('session:join', { username: guest.name }));
      return undefined;
    case 5:
      return socket.emit('session:join', { username: guest.name });
    default:
      return socket.emit('session:play', { time });
  }
}

async function until(what, condition) {
  for (const deadline = Date.now() + PATIENCE_MS; !condition(); await sleep(20)) {
    if (Date.now() > deadline) {
      throw new Error(`waited for: ${what}`);
    }
  }
}

serve(operations);
