import { Store } from '../../sync/store';
import { storage } from '../../ui/storage';

/** A setting with a few values, which the browser remembers; the first is the one without a choice. */
export class Choice<T extends string> {
  readonly view: Store<T>;
  private readonly key: string;
  private readonly initial: T;

  constructor(key: string, values: readonly [T, ...T[]]) {
    this.key = key;
    [this.initial] = values;
    const remembered = storage.read(key);
    this.view = new Store(values.find(value => value === remembered) ?? this.initial);
  }

  choose(value: T): void {
    storage.write(this.key, value === this.initial ? '' : value);
    this.view.set(value);
  }
}
