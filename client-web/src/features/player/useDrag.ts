import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/**
 * The state of the hand at the range. `dropped`: the button is still down, but the drag no longer counts; changes by
 * the browser are undone until the button is up.
 */
type Hand = 'away' | 'holding' | 'dropped';

interface Drag {
  /** The value that the range shows while nobody drags it. */
  readonly value: number;
  /** A change of this ends a drag, and so does disabling the range. Later changes by the hand are undone. */
  readonly subject: string;
  readonly disabled: boolean;
  /** The hand released the range at this value, or the value was set without a hand, as assistive technology does. */
  readonly onLetGo: (value: number) => void;
}

/**
 * Drives a range whose value moves by itself and can be dragged. Returns the value that it is dragged to, and undefined
 * while it is not dragged. The input must not use React's `value`: React mistakes a value that the browser rounds for
 * new input, and would keep the range from moving for ever.
 *
 * Browsers report the end of a drag in different ways: by `change` after `pointerup`, by `pointerup` alone if the value
 * is as before, by `pointercancel`, or not at all. Each of them ends it here.
 */
export function useDrag(input: RefObject<HTMLInputElement | null>, drag: Drag): number | undefined {
  const { value, subject, disabled } = drag;
  const [draggedTo, setDraggedTo] = useState<number>();
  const hand = useRef<Hand>('away');
  const latest = useRef(drag);
  const subjectOfDrag = useRef(subject);

  useLayoutEffect(() => {
    latest.current = drag;
    const isOver = disabled || subjectOfDrag.current !== subject;
    subjectOfDrag.current = subject;
    if (isOver && hand.current === 'holding') {
      hand.current = 'dropped';
      setDraggedTo(undefined);
    }
    if (input.current && hand.current !== 'holding') input.current.value = String(value);
  });

  useEffect(() => {
    const element = input.current;
    if (!element) return;
    let moved = false;
    const become = (next: Hand) => {
      hand.current = next;
      if (next === 'holding') return;
      setDraggedTo(undefined);
      element.value = String(latest.current.value);
    };
    const letGo = () => {
      const wanted = element.valueAsNumber;
      become('away');
      latest.current.onLetGo(wanted);
    };

    const press = (event: PointerEvent) => {
      if (!event.isPrimary || event.button !== 0) return;
      moved = false;
      if (latest.current.disabled) {
        become('dropped');
        return;
      }
      become('holding');
      setDraggedTo(element.valueAsNumber);
    };
    const move = () => {
      if (hand.current === 'dropped' || latest.current.disabled) element.value = String(latest.current.value);
      else if (hand.current === 'away') latest.current.onLetGo(element.valueAsNumber);
      else {
        moved = true;
        setDraggedTo(element.valueAsNumber);
      }
    };
    const change = () => {
      if (hand.current === 'holding') letGo();
      else if (hand.current === 'dropped') become('away');
    };
    const release = () => {
      if (hand.current === 'away') return;
      // The browser's `change` comes after this event, with the last value.
      setTimeout(() => {
        if (hand.current === 'holding' && moved) letGo();
        else become('away');
      });
    };
    const cancel = () => {
      if (hand.current !== 'away') become('away');
    };
    const drop = () => {
      if (hand.current === 'holding') become('dropped');
    };
    const dropByKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') drop();
    };
    /** The button was released where no event reports it. */
    const noticeRelease = (event: PointerEvent) => {
      if (event.pointerType === 'mouse' && event.buttons === 0) cancel();
    };

    const listening = new AbortController();
    const { signal } = listening;
    element.addEventListener('pointerdown', press, { signal });
    element.addEventListener('input', move, { signal });
    element.addEventListener('change', change, { signal });
    window.addEventListener('pointerup', release, { signal, capture: true });
    window.addEventListener('pointercancel', cancel, { signal, capture: true });
    window.addEventListener('pointermove', noticeRelease, { signal, capture: true });
    window.addEventListener('blur', drop, { signal });
    window.addEventListener('keydown', dropByKey, { signal, capture: true });
    return () => listening.abort();
  }, [input]);

  return draggedTo;
}
