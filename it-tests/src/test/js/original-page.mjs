// A model of the original's page: its observed behaviour with its socket and its player, including its faults. It runs
// in Node and in a browser, with any Socket.IO socket and any YouTube player.

import { loseNetwork } from './lose-network.mjs';

const IDLE = null;
const CALM_MS = 700;

export class OriginalPage {
  #socket;
  #newPlayer;
  #player = null;
  #playerReady = false;
  #videoId = '';
  #startState = null;
  #initialised = false;
  #joined = false;
  #lastSeq = 0;
  #roundTripMs = 0;
  #ignoresPlayer = false;
  #expectedState = IDLE;
  #isFreshJoiner = false;
  #users = new Map();
  #sent = [];
  #lastStirMs = performance.now();
  #jumps = 0;

  /**
   * @param socket a socket of socket.io-client that is about to connect
   * @param newPlayer makes a player for a video id: (videoId, { onReady, onStateChange }) => player
   */
  constructor(socket, newPlayer) {
    this.#socket = socket;
    this.#newPlayer = newPlayer;
    socket.on('connect', () => this.#measureRoundTrip());
    socket.onAny(event => {
      if (event !== 'session:sync') {
        this.#stir();
      }
    });
    socket.on('session:init', state => this.#onInit(state));
    socket.on('session:play', change => this.#onPlayOrPause(change, true));
    socket.on('session:pause', change => this.#onPlayOrPause(change, false));
    socket.on('session:seek', change => this.#onSeek(change));
    socket.on('session:videoChange', change => this.#onVideoChange(change));
    socket.on('session:sync', sync => this.#onSync(sync));
    socket.on('session:userJoined', ({ user }) => this.#users.set(user.socketId, user.username));
    socket.on('session:userLeft', ({ socketId }) => this.#users.delete(socketId));
  }

  // Actions of a person on the page.

  join(username) {
    this.#joined = true;
    this.#ignorePlayerFor(1000);
    // It ends only when a player becomes ready: see #applyStartState.
    this.#isFreshJoiner = true;
    this.#emit('session:join', { username });
    this.#users.set(this.#socket.id, username);
    this.#showVideo();
  }

  setVideo(videoId) {
    this.#emit('session:changeVideo', { videoId });
  }

  userPlay() {
    this.#player.userPlay();
  }

  userPause() {
    this.#player.userPause();
  }

  userSeek(seconds) {
    this.#player.userSeek(seconds);
  }

  userDrag(seconds) {
    this.#player.userDrag(seconds);
  }

  stall(durationMs) {
    this.#player.stall(durationMs);
  }

  /** Cuts the connection; the library reconnects by itself. */
  dropConnection() {
    loseNetwork(this.#socket);
  }

  /** Loses the network until goOnline. */
  goOffline() {
    this.#socket.io.reconnection(false);
    loseNetwork(this.#socket);
  }

  goOnline() {
    this.#socket.io.reconnection(true);
    this.#socket.connect();
  }

  close() {
    this.#socket.disconnect();
    this.#player?.destroy();
  }

  /** The page's display and state, and the state of its player. */
  look() {
    return {
      connected: this.#socket.connected,
      socketId: this.#socket.id ?? null,
      isInitialised: this.#initialised,
      lastSeq: this.#lastSeq,
      videoId: this.#videoId,
      playerReady: this.#playerReady,
      playerState: this.#playerReady ? this.#player.getPlayerState() : null,
      time: this.#playerReady ? this.#player.getCurrentTime() : null,
      takenAtMs: performance.timeOrigin + performance.now(),
      // People wait until nothing moves; otherwise the page would take their actions for its own.
      isCalm: performance.now() - this.#lastStirMs >= CALM_MS,
      users: [...this.#users.values()],
      sent: this.#sent,
      // How often the server made the player seek.
      jumps: this.#jumps,
    };
  }

  // Events of the server.

  #measureRoundTrip() {
    const sentMs = performance.now();
    this.#socket.once('pong', () => {
      this.#roundTripMs = performance.now() - sentMs;
    });
    this.#socket.emit('ping');
  }

  /** The first snapshot counts; after the join the page uses no other, not even after a reconnect. */
  #onInit(state) {
    if (this.#initialised && this.#joined) {
      return;
    }
    this.#initialised = true;
    this.#lastSeq = state.seq;
    this.#startState = state;
    this.#videoId = state.videoId;
    this.#users = new Map(Object.values(state.users).map(user => [user.socketId, user.username]));
    this.#showVideo();
  }

  #onPlayOrPause({ time, seq }, playing) {
    if (!this.#isNewer(seq) || !this.#canPlay()) {
      return;
    }
    this.#expectedState = playing ? 1 : 2;
    this.#ignorePlayerFor(300);
    setTimeout(() => {
      this.#expectedState = IDLE;
    }, 500);
    if (Math.abs(time - this.#player.getCurrentTime()) > 1) {
      this.#jump(time);
    }
    if (playing) {
      this.#player.playVideo();
    } else {
      this.#player.pauseVideo();
    }
  }

  #onSeek({ time, seq }) {
    if (!this.#isNewer(seq) || !this.#canPlay()) {
      return;
    }
    this.#ignorePlayerFor(100);
    this.#jump(time);
  }

  /** Another video is cued; the same one again leaves the player as it is. */
  #onVideoChange({ videoId, seq }) {
    if (!this.#isNewer(seq)) {
      return;
    }
    const isSame = videoId === this.#videoId;
    this.#videoId = videoId;
    this.#startState = { videoId, playbackTime: 0, isPlaying: false };
    if (this.#player && !isSame) {
      this.#player.cueVideoById(videoId);
    }
    this.#showVideo();
  }

  #onSync({ time }) {
    if (!this.#canPlay() || (this.#ignoresPlayer && this.#expectedState !== IDLE)) {
      return;
    }
    const target = time + this.#roundTripMs / 2000;
    const tolerance = this.#isFreshJoiner ? 0.3 : 0.8;
    if (Math.abs(target - this.#player.getCurrentTime()) > tolerance) {
      this.#jump(target);
    }
  }

  #jump(seconds) {
    this.#jumps += 1;
    this.#player.seekTo(seconds, true);
  }

  #isNewer(seq) {
    if (seq <= this.#lastSeq) {
      return false;
    }
    this.#lastSeq = seq;
    return true;
  }

  // The player.

  #showVideo() {
    if (this.#player || !this.#joined || !this.#videoId) {
      return;
    }
    this.#player = this.#newPlayer(this.#videoId, {
      onReady: () => this.#applyStartState(),
      onStateChange: ({ data }) => this.#onPlayerState(data),
    });
  }

  /** The state when the page opened, or at the last change of video: it may be outdated by now. */
  #applyStartState() {
    this.#playerReady = true;
    const { playbackTime, isPlaying } = this.#startState;
    this.#ignorePlayerFor(100);
    this.#player.seekTo(playbackTime + this.#roundTripMs / 2000, true);
    if (isPlaying) {
      this.#player.playVideo();
    } else {
      this.#player.pauseVideo();
    }
    this.#isFreshJoiner = true;
    setTimeout(() => {
      this.#isFreshJoiner = false;
    }, 5000);
  }

  /** A play or pause that the page did not just cause itself counts as a person's. */
  #onPlayerState(state) {
    this.#stir();
    if (this.#ignoresPlayer || state === this.#expectedState) {
      return;
    }
    const time = this.#player.getCurrentTime();
    if (state === 1) {
      this.#emit('session:play', { time });
    } else if (state === 2) {
      this.#emit('session:pause', { time });
    }
  }

  #canPlay() {
    return this.#playerReady && this.#joined;
  }

  /** Timers overlap, and the first that ends ends the time for all. */
  #ignorePlayerFor(durationMs) {
    this.#ignoresPlayer = true;
    setTimeout(() => {
      this.#ignoresPlayer = false;
    }, durationMs);
  }

  #stir() {
    this.#lastStirMs = performance.now();
  }

  #emit(event, payload) {
    this.#stir();
    this.#sent.push({ event, payload });
    this.#socket.emit(event, payload);
  }
}
