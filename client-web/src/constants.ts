/**
 * All tunable numbers of the page, each with its unit in its name. The first five are the layers of the sync,
 * from the coarsest to the finest; the controller (src/sync/playbackController.ts) applies them.
 */

/** Layer 1: after a change of our own, how far the room's answer may be from this player before we jump. */
export const SELF_TOLERANCE_S = 1.0;
/** Layer 2: after a change by someone else, how far this player may be from it before we jump. */
export const REMOTE_TOLERANCE_S = 0.3;
/** Layer 3: the drift from the room's heartbeat that a jump fixes at once. */
export const DRIFT_TOLERANCE_S = 0.8;
/** Layer 4: after a remote change is applied, the player's events are not taken as a person's for this long. */
export const COOLDOWN_MS = 300;
/** Layer 5: the way from the server takes half of the round trip, latency = RTT / 2. */
export const LATENCY_PER_ROUND_TRIP = 0.5;

/** Below this a difference is not corrected: it is neither seen nor, with most players, measured reliably. */
export const DEAD_BAND_S = 0.12;
/** A paused player costs nothing to move, so a smaller difference is fixed. */
export const PAUSED_DEAD_BAND_S = 0.1;
/**
 * Where the player offers no rates to nudge with, a difference above this is fixed by a jump once it persists: two
 * pages on either side of the room are then within 0.3 s of each other.
 */
export const SEEK_WITHOUT_RATES_S = 0.15;
/** How long a difference must persist before the jump of SEEK_WITHOUT_RATES_S. */
export const PERSISTENCE_MS = 1000;
/** YouTube's rates are discrete; these two are the closest to 1. */
export const NUDGE_FASTER_RATE = 1.25;
export const NUDGE_SLOWER_RATE = 0.75;
/** A nudge ends this near to the room: until the player hears of it, it goes on for a moment. */
export const NUDGE_END_S = 0.04;
/** A nudge that after this time has moved the player by less than this share of what it should is given up. */
export const NUDGE_TRIAL_MS = 1500;
export const NUDGE_TRIAL_SHARE = 0.4;
/** Nudges in a row that do not reach the dead band before the player is held for one that ignores rates. */
export const MAX_NUDGES = 3;
/** After a start, jump or nudge the position is not judged for this long: the player's clock jumps about. */
export const SETTLE_MS = 500;
/** A player that still plays this long after it was told to pause is told again. */
export const REASSERT_MS = 2000;
/** At most one correcting jump in this time; it doubles with each jump that did not help. */
export const SEEK_GAP_MS = 1500;
export const MAX_SEEK_GAP_MS = 30_000;
/** How long a player may buffer before a jump may interrupt it. */
export const BUFFERING_PATIENCE_MS = 8000;
/** The controller's period, and how many differences its median is over. */
export const TICK_MS = 100;
export const MEDIAN_SAMPLES = 3;
/** The weight of a new observation of the time that a start or a jump loses, and the longest one believed. */
export const START_LATENCY_WEIGHT = 0.3;
export const MAX_START_LATENCY_S = 2;
/** What is taken to be lost before it was seen: by a start of a video that is not loaded yet, */
export const INITIAL_LOAD_LATENCY_S = 0.3;
/** by going on after a pause, */
export const INITIAL_RESUME_LATENCY_S = 0.1;
/** by a jump. */
export const INITIAL_JUMP_LATENCY_S = 0.15;

/** A jump of the player's own position that is a person's seek, beyond what playing on explains. */
export const NATIVE_SEEK_S = 1.0;
/** After the last jump, how long the position must go on quietly until the seek is sent: the drag has ended. */
export const NATIVE_SEEK_QUIET_MS = 400;
/** A pause in the player is held back this long, for it may be the first half of a drag. */
export const NATIVE_PAUSE_CONFIRM_MS = 400;
/** A pause that came with a jump is a drag in the making, and a pause only after this long. */
export const NATIVE_SCRUB_PAUSE_MS = 1500;
/** A play in the player is held back this long: a play that was on its way when we paused dies at once. */
export const NATIVE_PLAY_CONFIRM_MS = 200;
/** How long a jump of ours may take to show in the player's position. */
export const SEEK_ARRIVAL_MS = 5000;
/** A length that changes by more is another film's: an advertisement. */
export const DURATION_TOLERANCE_S = 1.5;

/** A length that has grown so many times in a row, each time by what had gone by, and for so long, is that of a live stream. */
export const LIVE_GROWTHS = 3;
export const LIVE_SPAN_MS = 2000;
/** How far a growth may be from the time that has gone by, as a share of it. */
export const LIVE_PACE_TOLERANCE = 0.5;
/** Further than this behind the edge of a live stream a player is taken there, or may ask to be. */
export const LIVE_EDGE_S = 20;

/** A command of ours that the room has not answered in this time is given up, and the room's state holds again. */
export const COMMAND_TIMEOUT_MS = 2500;
/** Seeks in quick succession (a held arrow key) become one, sent after this quiet. */
export const SEEK_DEBOUNCE_MS = 250;
/** How long the room is not told of a play or seek whose player has not come under way. */
export const START_PATIENCE_MS = 1000;
/** A player that has not started this long after it was told to was blocked by the browser. */
export const AUTOPLAY_PATIENCE_MS = 3000;
/** What an arrow key seeks. */
export const KEY_SEEK_S = 5;
/** What Page Up and Page Down seek on the line of time. */
export const PAGE_KEY_SEEK_S = 60;

/** Round trips: a burst after each connect, then slower and slower. */
export const PING_BURST_COUNT = 5;
export const PING_BURST_MS = 200;
export const PING_WARMUP_COUNT = 8;
export const PING_WARMUP_MS = 10_000;
export const PING_STEADY_MS = 30_000;
/** Engine.IO closes a connection that is silent for longer (pingInterval + pingTimeout), so a pong is lost by then. */
export const PONG_LOST_MS = 45_000;
export const LATENCY_WINDOW_SAMPLES = 16;
export const LATENCY_WINDOW_MS = 300_000;
/** Two crystals drift apart by up to this, so old round trips count for less. */
export const CLOCK_DRIFT_PPM = 50;
/** Heartbeats over which the one that came fastest wins. */
export const HEARTBEAT_WINDOW_SAMPLES = 16;

/** How long a connection may take to open; it doubles with each one that takes longer. */
export const CONNECT_PATIENCE_MS = 5000;
export const MAX_CONNECT_PATIENCE_MS = 20_000;
/** socket.io-client's exponential backoff: doubles from the first to the last, each ± 50 %. */
export const RECONNECT_FIRST_MS = 500;
export const RECONNECT_LAST_MS = 10_000;
export const RECONNECT_JITTER = 0.5;
/** A connection that the server refused or closed on purpose is tried again after this, with the same jitter. */
export const REFUSED_RETRY_MS = 5000;
/** A first connection that has not come about in this time: the page says that it cannot reach the server. */
export const UNREACHABLE_AFTER_MS = 5000;
/** A join that the room has not answered in this time is sent again. */
export const JOIN_RETRY_MS = 5000;

/** How many colours there are for people (src/ui/palette.ts). More than these are hard to tell apart. */
export const PARTICIPANT_COLOURS = 20;
/** The first of them are the easiest to tell apart; each name has its favourite among these. */
export const FAVOURITE_COLOURS = 8;

export const MAX_USERNAME_CODE_POINTS = 50;
export const MAX_ACTIVITY_ENTRIES = 30;
/** A page has another id after each connection that could not be recovered; this many of them are its own. */
export const MAX_OWN_IDS = 16;
/** For how long a video that was replaced can be put back on. */
export const UNDO_MS = 10_000;
export const TOAST_MS = 6000;
/** A player that is not ready this long after it was asked for is told of; it is still taken if it comes later. */
export const PLAYER_READY_TIMEOUT_MS = 15_000;

/** How often the difference that the page shows changes. */
export const DELTA_SHOWN_MS = 1000;
/** Differences up to this are shown as in sync, up to DRIFT_TOLERANCE_S as being caught up. */
export const IN_SYNC_MS = 150;
