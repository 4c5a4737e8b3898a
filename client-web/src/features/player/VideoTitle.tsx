interface Props {
  /** Empty while YouTube has not reported it. */
  readonly title: string;
  /** Whether only the tab shows it. */
  readonly hidden: boolean;
}

/** The video's title, under the picture. */
export function VideoTitle({ title, hidden }: Props) {
  // The title arrives later than the video, and must not move the content below it.
  return (
    <div className="min-h-7 stacked:gutter" hidden={hidden}>
      {title !== '' && (
        <h2 className="text-lg leading-7 font-semibold tracking-tight sm:text-xl sm:leading-7">
          <bdi>{title}</bdi>
        </h2>
      )}
    </div>
  );
}
