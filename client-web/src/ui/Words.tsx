import { Fragment, type ReactElement } from 'react';
import { type Message, Name } from '../language/message';
import { useLanguage } from './useLanguage';

/** A message with names or elements in it. A name keeps its own direction, whatever surrounds it. */
export function Words({ of }: { of: Message<ReactElement> }) {
  const language = useLanguage();
  return language.parts(of).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a message keep their order.
    <Fragment key={i}>{part instanceof Name ? <bdi>{part.text}</bdi> : part}</Fragment>
  ));
}
