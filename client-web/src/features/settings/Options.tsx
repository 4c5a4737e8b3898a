import { useId } from 'react';

interface Props<T extends string> {
  readonly title: string;
  readonly values: readonly T[];
  readonly chosen: T;
  readonly inWords: (value: T) => string;
  readonly onChoose: (value: T) => void;
}

/** A few values beside each other, of which one is chosen. */
export function Options<T extends string>({ title, values, chosen, inWords, onChoose }: Props<T>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="px-1 text-sm font-medium">{title}</legend>
      <div className="mt-1 flex rounded-3xl border border-line bg-sunken p-1">
        {values.map(value => (
          <label
            key={value}
            className="grid min-h-10 pointer-coarse:min-h-11 grow basis-0 cursor-pointer place-items-center rounded-full border border-transparent px-2 text-center has-checked:border-field has-checked:bg-surface has-checked:font-medium has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent forced-colors:has-checked:border-[Highlight]"
          >
            <input
              type="radio"
              className="sr-only"
              name={name}
              value={value}
              checked={value === chosen}
              onChange={() => onChoose(value)}
            />
            {inWords(value)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
