import {
  type Catalogue,
  ClockTime,
  FilledMessage,
  type Key,
  type Message,
  Name,
  Tenths,
  type Value,
} from './message';

/** These keep a name's direction in plain text, as `<bdi>` does in a page. */
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

interface Settings {
  /** For the page's `lang`. */
  readonly tag: string;
  /** The language's name in the language itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** For Intl: it may need a region, where regions differ. */
  readonly locale: string;
  readonly catalogue: Catalogue;
}

/** A language of the page: says messages, and writes numbers and times. */
export class Language {
  readonly tag: string;
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  private readonly catalogue: Catalogue;
  private readonly plurals: Intl.PluralRules;
  private readonly lists: Intl.ListFormat;
  private readonly numbers: Intl.NumberFormat;
  private readonly tenths: Intl.NumberFormat;
  private readonly twoDigits: Intl.NumberFormat;

  constructor({ tag, name, direction, locale, catalogue }: Settings) {
    this.tag = tag;
    this.name = name;
    this.direction = direction;
    this.catalogue = catalogue;
    this.plurals = new Intl.PluralRules(locale);
    this.lists = new Intl.ListFormat(locale);
    this.numbers = new Intl.NumberFormat(locale);
    this.tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  }

  /** A message as plain text. */
  readonly say = (message: Message): string =>
    this.parts(message)
      .map(part =>
        part instanceof Name ? `${FIRST_STRONG_ISOLATE}${part.text}${POP_DIRECTIONAL_ISOLATE}` : part,
      )
      .join('');

  /** A message in pieces: text, names, and the values that are neither text nor numbers. */
  parts<V>(message: Message<V>): (string | Name | V)[] {
    if (!(message instanceof FilledMessage)) return [this.template(message)];
    const { key, values } = message;
    // Every second piece is the name of a placeholder.
    return this.template(key, values.count)
      .split(/\{(\w+)\}/)
      .flatMap((piece, i) => (i % 2 === 0 ? [piece] : this.partsOf(values[piece] ?? '')));
  }

  readonly number = (value: number): string => this.numbers.format(value);

  readonly clockTime = (seconds: number): string => {
    const whole = Math.max(0, Math.floor(seconds));
    const minutes = Math.floor(whole / 60);
    const s = this.twoDigits.format(whole % 60);
    if (minutes < 60) return `${this.numbers.format(minutes)}:${s}`;
    return `${this.numbers.format(Math.floor(minutes / 60))}:${this.twoDigits.format(minutes % 60)}:${s}`;
  };

  private template(key: Key, count: unknown = undefined): string {
    const text = this.catalogue[key];
    if (typeof text === 'string') return text;
    return text[this.plurals.select(Number(count))] ?? text.other;
  }

  private partsOf<V>(value: Value | V): (string | Name | V)[] {
    if (typeof value === 'string') return [value];
    if (typeof value === 'number') return [this.number(value)];
    if (value instanceof Name) return [value];
    if (value instanceof ClockTime) return [this.clockTime(value.seconds)];
    if (value instanceof Tenths) return [this.tenths.format(value.amount)];
    if (value instanceof FilledMessage) return this.parts(value);
    if (Array.isArray(value)) return this.listed(value);
    return [value as V];
  }

  private listed<V>(values: readonly Value[]): (string | Name | V)[] {
    // Intl joins texts, and some values are not text: their numbers stand for them.
    return this.lists
      .formatToParts(values.map((_, i) => String(i)))
      .flatMap(part =>
        part.type === 'element' ? this.partsOf<V>(values[Number(part.value)] ?? '') : [part.value],
      );
  }
}
