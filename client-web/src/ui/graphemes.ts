/**
 * Splits text into characters as people see them: a letter with its marks, a syllable that is written as one, an emoji
 * with all its parts.
 *
 * The rules are those of UAX #29, simplified only where the simpler rule joins more, and the same as in the server's
 * `Graphemes.java`. Some browsers in which the page works have no Intl.Segmenter.
 */

type CodePointSet = (codePoint: number) => boolean;

/** Reads code points and ranges of them: hexadecimal, rising, separated by spaces. */
export function codePoints(ranges: string): CodePointSet {
  const bounds = ranges.split(' ').map(range => range.split('-').map(bound => Number.parseInt(bound, 16)));
  return codePoint => {
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle]?.[0] ?? 0) <= codePoint) low = middle + 1;
      else high = middle;
    }
    const range = bounds[low - 1];
    return range !== undefined && codePoint <= (range[1] ?? range[0] ?? -1);
  };
}

export const ZERO_WIDTH_NON_JOINER = 0x200c;
export const ZERO_WIDTH_JOINER = 0x200d;

/** Marks that were added after Unicode 13, up to Unicode 17: an older browser does not know them. */
const isLaterMark = codePoints(
  '897-89F 8CA-8D2 C3C CF3 ECE 1715 180F 1AC1-1ADD 1AE0-1AEB 1DFA 10D69-10D6D 10EFA-10EFF ' +
    '10F82-10F85 11070 11073-11074 110C2 11241 113B8-113C0 113C2 113C5 113C7-113CA 113CC-113D0 113D2 ' +
    '113E1-113E2 11B60-11B67 11F00-11F01 11F03 11F34-11F3A 11F3E-11F42 11F5A 13440 13447-13455 ' +
    '1611E-1612F 1CF00-1CF2D 1CF30-1CF46 1E08F 1E2AE 1E4EC-1E4EF 1E5EE-1E5EF 1E6E3 1E6E6 1E6EE-1E6EF ' +
    '1E6F5',
);

/** Their category does not make them marks, but they belong to the character before them. */
const isLikeMark = codePoints('E33 EB3 FF9E-FF9F 13430-1343F');

/**
 * Whether it selects the form of the character before it. This includes Mongolian's selectors and its vowel separator.
 */
export const isVariationSelector = codePoints('180B-180F FE00-FE0F E0100-E01EF');
export const isTag = codePoints('E0020-E007F');
export const isSkinTone = codePoints('1F3FB-1F3FF');
const isRegionalIndicator = codePoints('1F1E6-1F1FF');

/** The blocks of symbols that hold all emoji, present and future. */
export const isPictograph = codePoints(
  'A9 AE 203C 2049 2100-23FF 2460-27FF 2900-2BFF 3030 303D 3297 3299 1F000-1F1E5 1F200-1F3FA 1F400-1FAFF 1FC00-1FFFD',
);

/** Signs that join the letter before them and the letter after them into one syllable. */
const isLinker = codePoints(
  '94D 9CD ACD B4D C4D D4D 1039 17D2 1A60 1B44 1BAB A9C0 AAF6 10A3F 11133 113D0 1193E 11A47 11A99 11F42',
);

/** Signs that belong to the character after them. */
const isPrepended = codePoints(
  '600-605 6DD 70F 890-891 8E2 D4E 110BD 110CD 111C2-111C3 113D1 1193F 11941 11A84-11A89 11D46 11F02',
);

const isHangulLeading = codePoints('1100-115F A960-A97C');
const isHangulVowel = codePoints('1160-11A7 D7B0-D7C6');
const isHangulTrailing = codePoints('11A8-11FF D7CB-D7FB');
const isHangulSyllable = codePoints('AC00-D7A3');

/** The blocks of the scripts whose letters change with their neighbours. Joiners have a meaning there. */
export const isOfJoiningScript = codePoints(
  '600-8FF 900-DFF 1000-109F 1780-18AF 1900-1AAF 1B00-1BFF A800-A8FF A980-AADF AAE0-AAFF ' +
    'ABC0-ABFF FB50-FDCF FDF0-FDFF FE70-FEFC 10A00-10A5F 10AC0-10AFF 10B80-10BAF 10D00-10D8F ' +
    '10E80-10FFF 11000-11FFF 1E900-1E95F',
);

const MARK = /^\p{M}$/u;

/** Whether it is written on, under or beside the letter before it. */
export function isMark(codePoint: number): boolean {
  return (
    codePoint >= 0x300 &&
    (MARK.test(String.fromCodePoint(codePoint)) || isLaterMark(codePoint) || isLikeMark(codePoint))
  );
}

export function isJoiner(codePoint: number): boolean {
  return codePoint === ZERO_WIDTH_JOINER || codePoint === ZERO_WIDTH_NON_JOINER;
}

/** The characters of a text, as people see them. */
export function graphemes(text: readonly number[]): number[][] {
  const clusters: number[][] = [];
  let current: number[] = [];
  text.forEach((codePoint, i) => {
    if (i > 0 && !isInside(text[i - 1] ?? 0, codePoint, current.length)) {
      clusters.push(current);
      current = [];
    }
    current.push(codePoint);
  });
  return text.length > 0 ? [...clusters, current] : [];
}

export function firstGrapheme(text: string): string {
  const [first = []] = graphemes(Array.from(text, character => character.codePointAt(0) ?? 0));
  return String.fromCodePoint(...first);
}

function isInside(before: number, after: number, length: number): boolean {
  return (
    attaches(after) ||
    before === ZERO_WIDTH_JOINER ||
    isPrepended(before) ||
    (isLinker(before) && isOfJoiningScript(after)) ||
    (length === 1 && isRegionalIndicator(before) && isRegionalIndicator(after)) ||
    isOfOneHangulSyllable(before, after)
  );
}

function isOfOneHangulSyllable(before: number, after: number): boolean {
  const afterLeading = isHangulLeading(before);
  if (isHangulLeading(after) || isHangulSyllable(after)) return afterLeading;
  const afterVowel = isHangulVowel(before) || isHangulSyllable(before);
  if (isHangulVowel(after)) return afterLeading || afterVowel;
  return isHangulTrailing(after) && (afterVowel || isHangulTrailing(before));
}

/** Whether it belongs to the character before it, whatever that character is. */
function attaches(codePoint: number): boolean {
  return (
    isMark(codePoint) ||
    isJoiner(codePoint) ||
    isVariationSelector(codePoint) ||
    isTag(codePoint) ||
    isSkinTone(codePoint)
  );
}
