import { type ComponentProps, type CSSProperties, type RefObject, useId } from 'react';
import { KEY_SEEK_S } from '../../constants';
import { message } from '../../language/message';
import { maySteer } from '../../sync/roles';
import type { Session } from '../../sync/session';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { useLanguage } from '../../ui/useLanguage';
import { useStore } from '../../ui/useStore';
import { LiveBar } from './LiveBar';
import { ScrubBar } from './ScrubBar';
import type { Display } from './useDisplay';
import type { Sound } from './useSound';

interface Props {
  readonly session: Session;
  readonly sound: Sound;
  readonly display: Display;
  readonly playButton: RefObject<HTMLButtonElement | null>;
}

/**
 * The room's controls: every action here applies to everyone, except sound and size. While only hosts steer, they are
 * off for a guest, and say so.
 */
export function Controls({ session, sound, display, playButton }: Props) {
  const { say } = useLanguage();
  const { playback } = session;
  const videoId = useStore(playback.view, view => view.videoId);
  const positionS = useStore(playback.view, view => view.positionS);
  const durationS = useStore(playback.view, view => view.durationS);
  const isOnline = useStore(session.view, view => view.connection === 'online');
  const takesPart = useStore(playback.view, view => view.takesPart);
  const live = useStore(playback.view, view => view.live);
  const behindEdgeS = useStore(playback.view, view => view.behindEdgeS);
  const steers = useStore(session.view, maySteer);
  const reasonId = useId();
  const isHere = isOnline && takesPart;
  const isOff = !isHere || !steers;
  const denial = steers
    ? undefined
    : { title: say('room.onlyHostSteers'), id: reasonId, tell: () => session.sayHostsSteer() };
  const off = { disabled: isOff, 'aria-describedby': denial?.id, onDisabledClick: denial?.tell };
  const look = display.fillsWindow ? 'bottom-bar' : 'bar py-1.5 wide:rounded-2xl flat:bottom-bar';
  return (
    <fieldset className={`flex flex-wrap items-center gap-x-1 bg-surface sm:flex-nowrap ${look}`}>
      <legend className="sr-only">{say('player.controls')}</legend>
      {denial && (
        <span id={denial.id} className="sr-only">
          {denial.title}
        </span>
      )}
      <PlayButton session={session} off={off} reason={denial?.title} button={playButton} />
      {!live && (
        <>
          <Button
            look="icon"
            aria-label={say(message('player.back', { count: KEY_SEEK_S }))}
            title={denial?.title}
            {...off}
            onClick={() => playback.seekBy(-KEY_SEEK_S)}
          >
            <Icon name="back" />
          </Button>
          <Button
            look="icon"
            aria-label={say(message('player.forward', { count: KEY_SEEK_S }))}
            title={denial?.title}
            {...off}
            onClick={() => playback.seekBy(KEY_SEEK_S)}
          >
            <Icon name="forward" />
          </Button>
        </>
      )}
      <div className="order-first flex basis-full px-2 sm:order-none sm:basis-auto sm:grow">
        {live ? (
          <LiveBar behindEdgeS={behindEdgeS} disabled={!isHere} onJump={() => playback.jumpToLive()} />
        ) : (
          <ScrubBar
            videoId={videoId}
            positionS={positionS}
            durationS={durationS}
            disabled={isOff}
            denial={denial}
            onSeek={targetS => playback.seekTo(targetS)}
            onStep={stepS => playback.seekBy(stepS)}
          />
        )}
      </div>
      <div className="ml-auto flex items-center">
        <Button
          look="icon"
          aria-label={say('player.mute')}
          aria-pressed={sound.muted}
          title={say('player.muteForYou')}
          onClick={sound.toggleMuted}
        >
          <Icon name={sound.muted ? 'muted' : 'sound'} />
        </Button>
        <input
          type="range"
          className="range w-20 max-[27rem]:hidden"
          style={{ '--fill': `${sound.volumePercent}%` } as CSSProperties}
          aria-label={say('player.volume')}
          min={0}
          max={100}
          step={5}
          value={sound.volumePercent}
          onChange={event => sound.setVolumePercent(event.target.valueAsNumber)}
        />
        <SizeButtons display={display} />
      </div>
    </fieldset>
  );
}

/** If the browser has no full screen, one button is enough: it switches theatre mode. */
function SizeButtons({ display }: { display: Display }) {
  const { say } = useLanguage();
  const { isTheatre, isFullscreen, hasFullscreen } = display;
  const isFull = hasFullscreen ? isFullscreen : isTheatre;
  return (
    <>
      {hasFullscreen && (
        <Button
          look="icon"
          aria-label={say('player.theatre')}
          aria-pressed={isTheatre && !isFullscreen}
          title={say('player.theatreWithKey')}
          onClick={display.toggleTheatre}
        >
          <Icon name={isTheatre && !isFullscreen ? 'leaveTheatre' : 'theatre'} />
        </Button>
      )}
      <Button
        look="icon"
        aria-label={say(isFull ? 'player.leaveFullscreen' : 'player.fullscreen')}
        title={say(isFull ? 'player.leaveFullscreenWithKey' : 'player.fullscreenWithKey')}
        onClick={display.toggleFullscreen}
      >
        <Icon name={isFull ? 'leaveFullscreen' : 'fullscreen'} />
      </Button>
    </>
  );
}

interface PlayButtonProps {
  readonly session: Session;
  readonly off: Pick<ComponentProps<typeof Button>, 'disabled' | 'aria-describedby' | 'onDisabledClick'>;
  /** Why it is off for this person. */
  readonly reason: string | undefined;
  readonly button: RefObject<HTMLButtonElement | null>;
}

function PlayButton({ session, off, reason, button }: PlayButtonProps) {
  const { say } = useLanguage();
  const { playback } = session;
  const ended = useStore(playback.view, view => view.ended);
  const playing = useStore(playback.view, view => view.playing && !view.blocked);
  const action = ended ? 'playAgain' : playing ? 'pause' : 'play';
  return (
    <Button
      ref={button}
      look="round"
      aria-label={say(`player.${action}`)}
      title={reason ?? say(`player.${action}ForAll`)}
      {...off}
      onClick={() => playback.toggle()}
    >
      <Icon name={ended ? 'replay' : playing ? 'pause' : 'play'} className="size-6" />
    </Button>
  );
}
