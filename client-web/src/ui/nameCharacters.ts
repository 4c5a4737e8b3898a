import {
  codePoints,
  graphemes,
  isJoiner,
  isMark,
  isOfJoiningScript,
  isPictograph,
  isSkinTone,
  isTag,
  isVariationSelector,
  ZERO_WIDTH_JOINER,
} from './graphemes';

// The rules of the server's NameCharacters.java, in its order and with its tables. One table of cases tests both.

/**
 * The most marks on one letter in scripts whose letters stand side by side. More marks are meant to cover the lines
 * around.
 */
const MAX_MARKS = 4;
/** The most marks on one letter in scripts that write a syllable as a stack. */
const MAX_STACKED_MARKS = 8;
/** The longest code of a region in a flag that is written in tags. */
const MAX_REGION_TAGS = 6;
const BLACK_FLAG = 0x1f3f4;
const CANCEL_TAG = 0xe007f;

/**
 * Control characters, markup, surrogates, noncharacters; characters that change the direction of text; characters that
 * show nothing and join nothing, whether assigned or reserved for that.
 */
const isForbidden = codePoints(
  '0-1F 3C 3E 7F-9F AD 34F 61C 115F-1160 17B4-17B5 200B 200E-200F 2028-202E 2060-206F 3164 ' +
    'D800-DFFF FDD0-FDEF FEFF FFA0 FFF0-FFFC FFFE-FFFF 16FE4 1BCA0-1BCA3 1D159 1D173-1D17A ' +
    '1FFFE-1FFFF 2FFFE-2FFFF 3FFFE-3FFFF 4FFFE-4FFFF 5FFFE-5FFFF 6FFFE-6FFFF 7FFFE-7FFFF ' +
    '8FFFE-8FFFF 9FFFE-9FFFF AFFFE-AFFFF BFFFE-BFFFF CFFFE-CFFFF DFFFE-DFFFF E0000-E001F ' +
    'E0080-E00FF E01F0-E0FFF EFFFE-EFFFF FFFFE-FFFFF 10FFFE-10FFFF',
);
/** Spaces of every width, and the empty Braille pattern. */
const isBlank = codePoints('20 A0 1680 2000-200A 202F 205F 2800 3000');
const isMongolianSelector = codePoints('180B-180F');
const isMongolianLetter = codePoints('1807 180A 1820-18AA');
/** Characters that have other forms to choose from: the signs of keys and emoji, and then whole blocks. */
const isVariable = codePoints('23 2A 30-39 A9 AE 1000-10FFFF');
const isRegionTag = codePoints('E0030-E0039 E0061-E007A');
const isOfStackingScript = codePoints('900-DFF F00-1AAF 1B00-1CFF A800-ABFF 10A00-143FF');

/** The part of a name that may stay, at most this many code points; empty if nothing of it is visible. */
export function cleanCharacters(typed: string, maxCodePoints: number): string {
  return asString(cut(composed(withoutIdleJoiners(allowed(typed))), maxCodePoints));
}

/** Removes the characters that no name may hold, and those at the start that cannot begin a name. */
function allowed(text: string): number[] {
  const kept = codePointsOf(text).filter(codePoint => !isForbidden(codePoint));
  const start = kept.findIndex(canBeFirst);
  return start < 0 ? [] : kept.slice(start);
}

function canBeFirst(codePoint: number): boolean {
  return (
    !isBlank(codePoint) &&
    !isMark(codePoint) &&
    !isJoiner(codePoint) &&
    !isVariationSelector(codePoint) &&
    !isTag(codePoint)
  );
}

/** Keeps joiners, variation selectors and tags only where they affect the character before them. */
function withoutIdleJoiners(text: readonly number[]): number[] {
  const kept: number[] = [];
  let base = 0; // the character that the marks and signs so far belong to; 0 if it is not visible
  text.forEach((current, i) => {
    if (!isNeeded(text, i, base, kept.at(-1) ?? 0)) return;
    kept.push(current);
    if (isBlank(current)) base = 0;
    else if (canBeFirst(current) && !(isSkinTone(current) && isPictograph(base))) base = current;
  });
  return kept;
}

function isNeeded(text: readonly number[], index: number, base: number, before: number): boolean {
  const current = text[index] ?? 0;
  if (isJoiner(current)) {
    const joinsEmoji = isPictograph(base) && isPictograph(text[index + 1] ?? 0);
    return !isJoiner(before) && (isOfJoiningScript(base) || (current === ZERO_WIDTH_JOINER && joinsEmoji));
  }
  if (isMongolianSelector(current)) return isMongolianLetter(before);
  if (isVariationSelector(current)) return before === base && isVariable(base);
  return !isTag(current) || isOfFlag(text, index);
}

function isOfFlag(text: readonly number[], index: number): boolean {
  let first = index;
  while (isTag(text[first - 1] ?? 0)) first--;
  let last = first;
  while (isRegionTag(text[last] ?? 0)) last++;
  const length = last - first;
  const isWhole = length > 0 && length <= MAX_REGION_TAGS && text[last] === CANCEL_TAG;
  return isWhole && text[first - 1] === BLACK_FLAG && index <= last;
}

/** Writes characters that look the same in the same way (NFC), with no more marks than letters can have. */
function composed(text: readonly number[]): number[] {
  let marks = 0;
  let maxMarks = MAX_MARKS;
  return codePointsOf(asString(text).normalize('NFC')).filter(codePoint => {
    if (isMark(codePoint)) {
      marks++;
    } else if (!isJoiner(codePoint)) {
      marks = 0;
      maxMarks = isOfStackingScript(codePoint) ? MAX_STACKED_MARKS : MAX_MARKS;
    }
    return marks <= maxMarks;
  });
}

/** Keeps at most `length` code points, cuts between characters as people see them, and leaves no spaces at the end. */
function cut(text: readonly number[], length: number): number[] {
  let end = 0;
  for (const character of graphemes(text)) {
    if (end + character.length > length) break;
    end += character.length;
  }
  const isOneCharacter = end === 0;
  return withoutBlanksAtEnd(isOneCharacter ? withoutIdleJoiners(text.slice(0, length)) : text.slice(0, end));
}

function withoutBlanksAtEnd(text: readonly number[]): number[] {
  let end = text.length;
  while (end > 0 && isBlank(text[end - 1] ?? 0)) end--;
  return text.slice(0, end);
}

function codePointsOf(text: string): number[] {
  return Array.from(text, character => character.codePointAt(0) ?? 0);
}

function asString(text: readonly number[]): string {
  return text.map(codePoint => String.fromCodePoint(codePoint)).join('');
}
