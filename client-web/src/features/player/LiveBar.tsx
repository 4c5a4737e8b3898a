import { LIVE_EDGE_S } from '../../constants';
import { ClockTime, message } from '../../language/message';
import { Button } from '../../ui/Button';
import { useLanguage } from '../../ui/useLanguage';

interface Props {
  readonly behindEdgeS: number;
  readonly disabled: boolean;
  /** Moves only this player to the edge. */
  readonly onJump: () => void;
}

/** Replaces the seek bar while a live stream is shown, because a live stream has none. */
export function LiveBar({ behindEdgeS, disabled, onJump }: Props) {
  const { say } = useLanguage();
  const isBehind = behindEdgeS > LIVE_EDGE_S;
  return (
    <div className="flex min-h-11 min-w-0 grow items-center gap-3">
      <span className="flex items-center gap-1.5 rounded-full bg-sunken px-3 py-1 text-sm font-semibold">
        <span className={`size-2 rounded-full ${isBehind ? 'bg-field' : 'bg-bad'}`} aria-hidden="true" />
        {say('player.live')}
      </span>
      {isBehind && (
        <>
          <span className="truncate text-sm text-muted tabular-nums">
            {say(message('player.behindLive', { time: new ClockTime(behindEdgeS) }))}
          </span>
          <Button className="ml-auto whitespace-nowrap" disabled={disabled} onClick={onJump}>
            {say('player.jumpToLive')}
          </Button>
        </>
      )}
    </div>
  );
}
