import type { ENGLISH } from './english';

type English = typeof ENGLISH;
export type Key = keyof English;

/** A message that depends on a number, by the names that Intl.PluralRules gives to the forms. */
export type Plural = { readonly [Form in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** A language has each message of the English catalogue, and forms where English has them. */
export type Catalogue = { readonly [K in Key]: English[K] extends string ? string : Plural };

type PlaceholdersIn<T> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersIn<Rest>
  : never;

/** Distributes over several keys. */
type PlaceholdersOf<K extends Key> = K extends Key
  ? English[K] extends string
    ? PlaceholdersIn<English[K]>
    : 'count' | PlaceholdersIn<English[K][keyof English[K]]>
  : never;

/** The key of a message without placeholders. */
export type PlainKey = { [K in Key]: PlaceholdersOf<K> extends never ? K : never }[Key];

/** A person's or a video's name, in any script: it keeps its own direction in a sentence. */
export class Name {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A position in a video: `1:23`, `1:02:03`. */
export class ClockTime {
  readonly seconds: number;
  constructor(seconds: number) {
    this.seconds = seconds;
  }
}

/** A number with one digit after the decimal point. */
export class Tenths {
  readonly amount: number;
  constructor(amount: number) {
    this.amount = amount;
  }
}

/** A message with the values of its placeholders; V: of what else the values may be, such as elements of a page. */
export class FilledMessage<V = never> {
  readonly key: Key;
  readonly values: Readonly<Record<string, Value | V>>;
  constructor(key: Key, values: Readonly<Record<string, Value | V>>) {
    this.key = key;
    this.values = values;
  }
}

/** A text stays as it is; several values are a list, such as `Ann, Bob and 3 more`. */
export type Value = string | number | Name | ClockTime | Tenths | FilledMessage | readonly Value[];

/** Something to say, in no language yet. */
export type Message<V = never> = PlainKey | FilledMessage<V>;

export function message<K extends Key, V = never>(
  key: K,
  values: Readonly<Record<PlaceholdersOf<K>, Value | V>>,
): FilledMessage<V> {
  return new FilledMessage(key, values);
}
