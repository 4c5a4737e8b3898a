// A stand-in for YouTube's IFrame API: a player without pictures. Its clock is real, its commands take effect 50 to 200
// ms later, and it reports its states as the real one does. It is a classic script, since the API is one; in Node it
// provides the same players without elements.
//
// Settings are read from globalThis.fakeYouTubeSettings, and all players are in globalThis.fakeYouTube.players.
(() => {
  const State = { UNSTARTED: -1, ENDED: 0, PLAYING: 1, PAUSED: 2, BUFFERING: 3, CUED: 5 };
  const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
  const settings = {
    seed: 1,
    minDelayMs: 50,
    maxDelayMs: 200,
    // How long a start or a seek buffers; by default as long as a command takes.
    minBufferMs: undefined,
    maxBufferMs: undefined,
    durationSeconds: 600,
    title: undefined,
    // Playing fails without a gesture or mute, as in many browsers.
    autoplayBlocked: false,
    // Error codes (2, 5, 100, 101, 150) by video id.
    errors: {},
    // Live streams by video id: { startedAtMs, windowSeconds, says }. `says`: whether the player reports that it is
    // one.
    live: {},
    // A player does not become ready by itself, as if the frame were blocked; comeUp() makes it ready.
    blocked: false,
    // The constructor fails, as it may with an extension.
    throwing: false,
    // The script arrives, but its own second script does not: there is no YT.Player.
    halfLoaded: false,
    ...globalThis.fakeYouTubeSettings,
  };
  const players = [];

  /** Mulberry32: small, seeded, good enough for delays. */
  function randomFrom(seed) {
    let state = seed >>> 0;
    return () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  }

  const random = randomFrom(settings.seed);
  const between = (minMs, maxMs) => minMs + random() * (maxMs - minMs);
  const delayMs = () => between(settings.minDelayMs, settings.maxDelayMs);
  const bufferMs = () =>
    between(settings.minBufferMs ?? settings.minDelayMs, settings.maxBufferMs ?? settings.maxDelayMs);

  class Player {
    #state = State.UNSTARTED;
    #anchorSeconds = 0;
    #anchorMs = 0;
    #rate = 1;
    #videoId = '';
    #volume = 100;
    #muted = false;
    #touched = false;
    #destroyed = false;
    #transition = null;
    #end = null;
    #commands = new Set();
    #queue = [];
    #lastCommandMs = 0;
    #listeners = new Map();
    #iframe = null;
    #startDelayMs = bufferMs;
    #begin;

    /** `options.startsWithinMs`: the minimum and the maximum time of each start, unlike other commands. */
    constructor(target, options = {}) {
      if (settings.throwing) {
        throw new TypeError('no player here');
      }
      if (options.startsWithinMs) {
        this.#startDelayMs = () => between(...options.startsWithinMs);
      }
      for (const [name, listener] of Object.entries(options.events ?? {})) {
        this.addEventListener(name, listener);
      }
      this.#iframe = mount(target, options);
      players.push(this);
      this.#videoId = options.videoId ?? '';
      this.#begin = () => {
        if (this.#videoId) {
          this.#anchor(Number(options.playerVars?.start ?? 0));
          this.#become(
            Number(options.playerVars?.autoplay ?? 0) === 1
              ? () => this.#start()
              : () => this.#enter(State.CUED),
          );
        }
        this.#tell('onReady', null);
      };
      if (!settings.blocked) {
        this.comeUp();
      }
    }

    comeUp() {
      this.#command(this.#begin);
    }

    // The API's commands.

    cueVideoById(video, startSeconds = 0) {
      this.#open(video, startSeconds, () => this.#enter(State.CUED));
    }

    loadVideoById(video, startSeconds = 0) {
      this.#open(video, startSeconds, () => this.#start());
    }

    playVideo() {
      this.#command(() => {
        if (!this.#isRunning()) {
          this.#start();
        }
      });
    }

    pauseVideo() {
      this.#command(() => this.#pause());
    }

    stopVideo() {
      this.#command(() => {
        this.#anchor(0);
        this.#enter(State.CUED);
      });
    }

    /** Like the real one: a paused player stays paused, any other continues from there. */
    seekTo(seconds) {
      this.#command(() => this.#seek(Number(seconds)));
    }

    setPlaybackRate(rate) {
      this.#command(() => {
        if (!RATES.includes(rate) || rate === this.#rate) {
          return;
        }
        this.#anchor(this.getCurrentTime());
        this.#rate = rate;
        this.#watchEnd();
        this.#tell('onPlaybackRateChange', rate);
      });
    }

    mute() {
      this.#muted = true;
    }

    unMute() {
      this.#muted = false;
    }

    setVolume(volume) {
      this.#volume = volume;
    }

    setSize() {}

    destroy() {
      this.#destroyed = true;
      clearTimeout(this.#transition);
      clearTimeout(this.#end);
      for (const command of this.#commands) {
        clearTimeout(command);
      }
      this.#iframe?.remove();
      players.splice(players.indexOf(this), 1);
    }

    addEventListener(name, listener) {
      const callback = typeof listener === 'string' ? globalThis[listener] : listener;
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), callback]);
    }

    removeEventListener(name, listener) {
      this.#listeners.set(
        name,
        (this.#listeners.get(name) ?? []).filter(other => other !== listener),
      );
    }

    // The API's questions.

    getCurrentTime() {
      const elapsed =
        this.#state === State.PLAYING ? ((performance.now() - this.#anchorMs) / 1000) * this.#rate : 0;
      return Math.min(this.#anchorSeconds + elapsed, this.#endSeconds());
    }

    getPlayerState = () => this.#state;
    /** For a live stream it grows every second. */
    getDuration = () =>
      this.#videoId && this.#state !== State.UNSTARTED ? Math.floor(this.#endSeconds()) : 0;
    getPlaybackRate = () => this.#rate;
    getAvailablePlaybackRates = () => [...RATES];
    getVideoLoadedFraction = () => 1;
    getVolume = () => this.#volume;
    isMuted = () => this.#muted;
    getIframe = () => this.#iframe;
    getVideoUrl = () => `https://www.youtube.com/watch?v=${this.#videoId}`;
    getVideoData = () => ({
      video_id: this.#videoId,
      title: settings.title ?? `Video ${this.#videoId}`,
      author: 'Nobody',
      isLive: this.#live?.says ?? false,
    });
    getOptions = () => [];

    // Actions of a person at the player: they take effect at once, and are reported as the real player reports them.

    userPlay() {
      this.#touched = true;
      this.#start();
    }

    userPause() {
      this.#touched = true;
      this.#pause();
    }

    /** A click on the seek bar, or an arrow key: buffering, then the state before. */
    userSeek(seconds) {
      this.#touched = true;
      this.#seek(seconds);
    }

    /** A drag of the seek bar: a pause when it begins, buffering and play when it ends. */
    userDrag(seconds, dragMs = 50) {
      this.#touched = true;
      const played = this.#isRunning();
      this.#pause();
      this.#goOnAfter(dragMs, () => {
        this.#anchor(seconds);
        if (played) {
          this.#start();
        }
      });
    }

    /** The network is too slow: the player buffers for this long, then continues where it stopped. */
    stall(durationMs) {
      this.#anchor(this.getCurrentTime());
      this.#enter(State.BUFFERING);
      this.#goOnAfter(durationMs, () => this.#run());
    }

    fail(code) {
      this.#tell('onError', code);
    }

    #open(video, startSeconds, then) {
      const given = typeof video === 'object' ? video : { videoId: video, startSeconds };
      this.#command(() => {
        this.#videoId = given.videoId;
        this.#enter(State.UNSTARTED);
        this.#anchor(given.startSeconds ?? 0);
        this.#become(then);
      });
    }

    /** The next state of a video that was just opened, unless a command comes first. */
    #become(then) {
      const error = settings.errors[this.#videoId];
      this.#goOnAfter(delayMs(), error ? () => this.#tell('onError', error) : then);
    }

    get #live() {
      return settings.live[this.#videoId];
    }

    /** The end of a video, or the edge of a live stream. */
    #endSeconds() {
      return this.#live ? (Date.now() - this.#live.startedAtMs) / 1000 : settings.durationSeconds;
    }

    /** A live stream starts at its edge, and cannot be played from before its window. */
    #reachable(seconds) {
      const end = this.#endSeconds();
      if (!this.#live) {
        return Math.min(Math.max(0, seconds), end);
      }
      return seconds === 0 ? end : Math.min(Math.max(end - this.#live.windowSeconds, seconds), end);
    }

    #start() {
      if (!this.#videoId || settings.errors[this.#videoId]) {
        return;
      }
      if (settings.autoplayBlocked && !this.#touched && !this.#muted) {
        this.#enter(State.UNSTARTED);
        this.#tell('onAutoplayBlocked', null);
        return;
      }
      const isAtEnd = !this.#live && this.getCurrentTime() >= settings.durationSeconds;
      this.#anchor(isAtEnd ? 0 : this.#reachable(this.getCurrentTime()));
      this.#enter(State.BUFFERING);
      this.#goOnAfter(this.#startDelayMs(), () => this.#run());
    }

    #run() {
      this.#anchor(this.#anchorSeconds);
      this.#enter(State.PLAYING);
      this.#watchEnd();
    }

    #pause() {
      if (this.#state !== State.PLAYING && this.#state !== State.BUFFERING) {
        return;
      }
      this.#anchor(this.getCurrentTime());
      this.#enter(State.PAUSED);
    }

    #seek(seconds) {
      const bounded = this.#reachable(this.#live ? Math.max(seconds, 0.001) : seconds);
      const endsWhereItEnded = this.#state === State.ENDED && bounded >= settings.durationSeconds;
      this.#anchor(bounded);
      if (this.#state !== State.PAUSED && !endsWhereItEnded) {
        this.#start();
      }
    }

    #isRunning() {
      return this.#state === State.PLAYING || this.#state === State.BUFFERING;
    }

    #anchor(seconds) {
      this.#anchorSeconds = seconds;
      this.#anchorMs = performance.now();
    }

    #watchEnd() {
      clearTimeout(this.#end);
      if (this.#state !== State.PLAYING || this.#live) {
        return;
      }
      const leftMs = ((settings.durationSeconds - this.getCurrentTime()) / this.#rate) * 1000;
      this.#end = setTimeout(() => {
        this.#anchor(settings.durationSeconds);
        this.#enter(State.ENDED);
      }, leftMs);
    }

    /** Every state first cancels the pending step of the state before. */
    #enter(state) {
      clearTimeout(this.#transition);
      clearTimeout(this.#end);
      if (state === this.#state) {
        return;
      }
      this.#state = state;
      this.#tell('onStateChange', state);
    }

    #goOnAfter(durationMs, action) {
      clearTimeout(this.#transition);
      this.#transition = setTimeout(action, durationMs);
    }

    #tell(name, data) {
      for (const listener of this.#listeners.get(name) ?? []) {
        listener({ target: this, data });
      }
    }

    /** Commands take effect late, but in the order in which they were given. */
    #command(action) {
      const nowMs = performance.now();
      this.#lastCommandMs = Math.max(nowMs + delayMs(), this.#lastCommandMs);
      // Timers of the same moment may run in another order, so each runs the next action.
      this.#queue.push(action);
      const timer = setTimeout(() => {
        this.#commands.delete(timer);
        const next = this.#queue.shift();
        if (!this.#destroyed) {
          next();
        }
      }, this.#lastCommandMs - nowMs);
      this.#commands.add(timer);
    }
  }

  /** Inserts an empty frame where the real API inserts its own. */
  function mount(target, options) {
    if (typeof document === 'undefined') {
      return null;
    }
    const element = typeof target === 'string' ? document.getElementById(target) : target;
    const iframe = document.createElement('iframe');
    iframe.id = element.id;
    iframe.className = element.className;
    iframe.title = 'YouTube video player';
    iframe.width = String(options.width ?? 640);
    iframe.height = String(options.height ?? 390);
    element.replaceWith(iframe);
    return iframe;
  }

  globalThis.fakeYouTube = { players, settings };
  if (settings.halfLoaded) {
    globalThis.YT = { loading: 1, loaded: 0 };
    return;
  }
  if (globalThis.YT?.loading) {
    // The real one loads its second script only once.
    return;
  }
  globalThis.YT = { Player, PlayerState: State, loaded: 1, ready: callback => setTimeout(callback) };
  globalThis.onYouTubeIframeAPIReady?.();
})();
