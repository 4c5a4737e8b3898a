/**
 * All tunable numbers of the page, each with its unit in its name. The first five are the layers of the sync,
 * from the coarsest to the finest; the sync engine (src/sync) applies them.
 */

/** Layer 1: after our own change, how far the room's answer may be from this player before we seek. */
export const SELF_TOLERANCE_S = 1.0;
/** Layer 2: after a change by someone else, how far this player may be from it before we seek. */
export const REMOTE_TOLERANCE_S = 0.3;
/** Layer 3: the drift from the room's heartbeat that a seek corrects at once. */
export const DRIFT_TOLERANCE_S = 0.8;
/** Layer 4: for this long after a remote change is applied, the player's events do not count as a person's. */
export const COOLDOWN_MS = 300;
/** Layer 5: a message from the server takes half of the round trip, latency = RTT / 2. */
export const LATENCY_PER_ROUND_TRIP = 0.5;

/** A difference below this is not corrected: it is neither visible nor, with most players, measured reliably. */
export const DEAD_BAND_S = 0.12;
/** Moving a paused player costs nothing, so a smaller difference is corrected. */
export const PAUSED_DEAD_BAND_S = 0.1;
/**
 * If the player offers no rates to nudge with, a persistent difference above this is corrected by a seek: two pages on
 * either side of the room are then within 0.3 s of each other.
 */
export const SEEK_WITHOUT_RATES_S = 0.15;
/** How long a difference must persist before the seek of SEEK_WITHOUT_RATES_S. */
export const PERSISTENCE_MS = 1000;
/** YouTube's rates are discrete; these two are the closest to 1. */
export const NUDGE_FASTER_RATE = 1.25;
export const NUDGE_SLOWER_RATE = 0.75;
/** A nudge ends this near to the room: it continues for a moment until the player receives the end. */
export const NUDGE_END_S = 0.04;
/** If a nudge has moved the player by less than this share of the expected distance after this time, it is given up. */
export const NUDGE_TRIAL_MS = 1500;
export const NUDGE_TRIAL_SHARE = 0.4;
/** The number of consecutive nudges that fail to reach the dead band before we assume that the player ignores rates. */
export const MAX_NUDGES = 3;
/** After a start, seek or nudge the position is not judged for this long: the player's clock is not steady yet. */
export const SETTLE_MS = 500;
/** A player that still plays this long after a pause is told to pause again. */
export const REASSERT_MS = 2000;
/** At most one correcting seek in this time; it doubles with each seek that did not help. */
export const SEEK_GAP_MS = 1500;
export const MAX_SEEK_GAP_MS = 30_000;
/** How long a player may buffer before a seek may interrupt it. */
export const BUFFERING_PATIENCE_MS = 8000;
/** The controller's period, and the number of differences in its median. */
export const TICK_MS = 100;
export const MEDIAN_SAMPLES = 3;
/** The weight of a new observation of the time that a start or a seek loses, and the longest time that is believed. */
export const START_LATENCY_WEIGHT = 0.3;
export const MAX_START_LATENCY_S = 2;
/** The time that a start loses if the video is not loaded yet: assumed until it has been observed. */
export const INITIAL_LOAD_LATENCY_S = 0.3;
/** The same for a start after a pause. */
export const INITIAL_RESUME_LATENCY_S = 0.1;
/** The same for a seek. */
export const INITIAL_JUMP_LATENCY_S = 0.15;

/** A change of the player's own position that counts as a person's seek, beyond the change that playing explains. */
export const NATIVE_SEEK_S = 1.0;
/** How long the position must move steadily after its last jump before the seek is sent: the drag has ended. */
export const NATIVE_SEEK_QUIET_MS = 400;
/** A pause in the player is held back this long, because it may be the first half of a drag. */
export const NATIVE_PAUSE_CONFIRM_MS = 400;
/** A pause that came with a jump of the position may begin a drag; it counts as a pause only after this long. */
export const NATIVE_SCRUB_PAUSE_MS = 1500;
/** A play in the player is held back this long: a play that was under way when we paused ends at once. */
export const NATIVE_PLAY_CONFIRM_MS = 200;
/** How long our own seek may take to show in the player's position. */
export const SEEK_ARRIVAL_MS = 5000;
/** A length that changes by more belongs to another video: an advertisement. */
export const DURATION_TOLERANCE_S = 1.5;

/**
 * A length that has grown this many times in a row belongs to a live stream, if each growth matches the time that has
 * passed, and if it has grown for this long.
 */
export const LIVE_GROWTHS = 3;
export const LIVE_SPAN_MS = 2000;
/** How far a growth may differ from the time that has passed, as a share of it. */
export const LIVE_PACE_TOLERANCE = 0.5;
/** A player that is further than this behind the edge of a live stream is moved there, or may ask for it. */
export const LIVE_EDGE_S = 20;

/**
 * If the room has not answered our command in this time, the command is given up, and the room's state applies again.
 */
export const COMMAND_TIMEOUT_MS = 2500;
/** Seeks in quick succession (a held arrow key) become one, which is sent after a pause of this length. */
export const SEEK_DEBOUNCE_MS = 250;
/** How long a play or seek is not sent to the room while its player has not started. */
export const START_PATIENCE_MS = 1000;
/** A player that has not started in this time has been blocked by the browser. */
export const AUTOPLAY_PATIENCE_MS = 3000;
/** How far an arrow key seeks. */
export const KEY_SEEK_S = 5;
/** How far Page Up and Page Down seek on the seek bar. */
export const PAGE_KEY_SEEK_S = 60;

/** Round trips are measured in a burst after each connect, and then less and less often. */
export const PING_BURST_COUNT = 5;
export const PING_BURST_MS = 200;
export const PING_WARMUP_COUNT = 8;
export const PING_WARMUP_MS = 10_000;
export const PING_STEADY_MS = 30_000;
/** Engine.IO closes a connection that is silent for longer (pingInterval + pingTimeout), so a pong is lost by then. */
export const PONG_LOST_MS = 45_000;
export const LATENCY_WINDOW_SAMPLES = 16;
export const LATENCY_WINDOW_MS = 300_000;
/** Two crystals drift apart by up to this, so old round trips count less. */
export const CLOCK_DRIFT_PPM = 50;
/** The number of heartbeats of which the fastest counts. */
export const HEARTBEAT_WINDOW_SAMPLES = 16;

/** How long a connection may take to open. This doubles with each connection that takes longer. */
export const CONNECT_PATIENCE_MS = 5000;
export const MAX_CONNECT_PATIENCE_MS = 20_000;
/** socket.io-client's exponential backoff: doubles from the first to the last, each ± 50 %. */
export const RECONNECT_FIRST_MS = 500;
export const RECONNECT_LAST_MS = 10_000;
export const RECONNECT_JITTER = 0.5;
/** A connection that the server refused or closed on purpose is attempted again after this, with the same jitter. */
export const REFUSED_RETRY_MS = 5000;
/** If the first connection has not opened in this time, the page says that it cannot reach the server. */
export const UNREACHABLE_AFTER_MS = 5000;
/** A join that the room has not answered in this time is sent again. */
export const JOIN_RETRY_MS = 5000;

/** The number of colours for people (src/ui/palette.ts). More than these are hard to distinguish. */
export const PARTICIPANT_COLOURS = 20;
/** The first of them are the easiest to distinguish; each person has a favourite among these. */
export const FAVOURITE_COLOURS = 8;

export const MAX_USERNAME_CODE_POINTS = 50;
export const MAX_ACTIVITY_ENTRIES = 30;
/**
 * A page has another id after each connection that could not be recovered; it recognises this many of them as its own.
 */
export const MAX_OWN_IDS = 16;
/** How long the answer to a request about the room may take. */
export const REQUEST_PATIENCE_MS = 8000;
/** How long after our own request a change of the room under our name is ours. */
export const OWN_CHANGE_MS = 2500;
/** A room with more people than this gets pages and a search. The server tells no states in a room with more tabs. */
export const MAX_PEOPLE_ON_ONE_PAGE = 200;
/** As the server sends them. */
export const PEOPLE_PER_PAGE = 50;
/** The server searches for no longer text. */
export const MAX_PEOPLE_SEARCH_CHARACTERS = 100;
/** How long the typing of a search must pause before the server is asked. */
export const PEOPLE_SEARCH_DEBOUNCE_MS = 250;
/** How long after a change of the people the page of a large room is asked for again. */
export const PEOPLE_REFRESH_MS = 3000;
/**
 * The same if nobody comes or goes, because people's states change. In proportion to the people, so that all pages of a
 * room together make about 50 requests a second.
 */
export const PEOPLE_AGE_MS_PER_PERSON = 20;
export const MIN_PEOPLE_AGE_MS = 10_000;
export const MAX_PEOPLE_AGE_MS = 60_000;
/** How many characters the title of a room may have. */
export const MAX_ROOM_TITLE_CHARACTERS = 80;
export const MAX_PASSWORD_CHARACTERS = 128;
/** How long a video that was replaced can be brought back. */
export const UNDO_MS = 10_000;
export const TOAST_MS = 6000;
/** If a player is not ready after this time, the page says so; the player is still used if it comes later. */
export const PLAYER_READY_TIMEOUT_MS = 15_000;

/** How often the displayed difference changes. */
export const DELTA_SHOWN_MS = 1000;
/**
 * A player this near to the room is shown as in step, with the distance. The page corrects most smaller differences by
 * itself before anybody could read them, and two people in one call hardly notice the rest.
 */
export const IN_STEP_MS = 250;

/** At most one report of this page's player to the room in this time. */
export const REPORT_GAP_MS = 1000;
/** A change is reported after this, so that the short loading of a start or a jump bothers nobody. */
export const REPORT_SETTLE_MS = 400;
/** A change is reported without the drift if it could not be measured in this time. */
export const REPORT_DRIFT_PATIENCE_MS = 1500;
/** A drift that has changed by this much is reported, at most once in this time. */
export const REPORT_DRIFT_MS = 100;
export const REPORT_DRIFT_GAP_MS = 5000;
/** A smaller change is reported after a longer time. */
export const REPORT_FINE_DRIFT_MS = 30;
export const REPORT_FINE_DRIFT_AFTER_MS = 10_000;
/** The server takes no larger drift: a day. */
export const MAX_REPORTED_DRIFT_MS = 86_400_000;

/** How long an answer to a request over HTTP may take. */
export const HTTP_PATIENCE_MS = 10_000;
/** How many rooms the home page offers to come back to. */
export const MAX_RECENT_ROOMS = 8;
