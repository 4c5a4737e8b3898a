import { parseAst } from 'vite';
import { expect, test } from 'vitest';
import { ENGLISH } from './english';

/** Attributes whose values people see or hear. */
const SHOWN_ATTRIBUTES = [
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'label',
  'placeholder',
  'title',
];
const LETTER = /\p{L}/u;
/** Words of which the first has a capital letter, or one such word that ends a sentence. */
const SENTENCE = /^\p{Lu}[\p{L}’']*(?:[,:;]? (?:[\p{L}\d]|$)|[.!?…]$)/u;

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

const sources = import.meta.glob<string>('../**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const CATALOGUES = ['./english.ts', './german.ts'];
const files = Object.entries(sources).filter(
  ([file]) => !CATALOGUES.includes(file) && !file.includes('.test.') && !file.includes('/testing/'),
);

test('there are files to check', () => {
  expect(files.length).toBeGreaterThan(50);
  for (const catalogue of CATALOGUES) expect(sources).toHaveProperty([catalogue]);
});

test.each(files)('%s holds no words for people', (file, source) => {
  expect(wordsIn(source, file.endsWith('.tsx') ? 'tsx' : 'ts')).toEqual([]);
});

test.each([
  ['text', 'const a = <p>Hello</p>;', ['Hello']],
  ['text beside a value', 'const a = <p>{name} is here</p>;', ['is here']],
  ['text of another script', 'const a = <p>привет</p>;', ['привет']],
  ['a string in braces', "const a = <p>{'you'}</p>;", ['you']],
  ['a choice of strings', "const a = <p>{on ? 'on' : kind === 'b' && 'off'}</p>;", ['on', 'off']],
  ['a sum of strings', "const a = <p>{name + ' left'}</p>;", [' left']],
  ['a label', 'const a = <button aria-label="Close" />;', ['Close']],
  ['a title', "const a = <b title={on ? 'Stop' : 'Go'} />;", ['Stop', 'Go']],
  ['a placeholder', 'const a = <input placeholder="name" />;', ['name']],
  ['an alternative text', `const a = <img alt={\`Picture of \${name}\`} />;`, ['Picture of ']],
  ['a sentence anywhere', "function words() { return 'You are offline.'; }", ['You are offline.']],
  ['a sentence with a value', `const words = \`Loading \${name}\`;`, ['Loading ']],
  ['one word that ends a sentence', "const words = 'Connecting…';", ['Connecting…']],
])('finds %s', (_, source, words) => {
  expect(wordsIn(source, 'tsx')).toEqual(words);
});

test.each([
  [
    'keys of the catalogue',
    "const a = <Heading title=\"join.comeIn\">{say(on ? 'people.you' : 'join.name')}</Heading>;",
  ],
  ['signs', 'const a = <p>{a} / {b}: –:––</p>;'],
  ['classes and ids', 'const a = <p className="text-lg min-w-0" id="people">{a}</p>;'],
  ['the errors of a program', "throw new Error('Nothing is there.');"],
  ['types', "type A = 'Some words' | 'paused';"],
])('passes over %s', (_, source) => {
  expect(wordsIn(source, 'tsx')).toEqual([]);
});

/** The texts in a source that people would see, and that are not in the catalogue. */
function wordsIn(source: string, lang: 'ts' | 'tsx'): string[] {
  const found = new Set<Node>();
  const texts: string[] = [];
  visit(parseAst(source, { lang }) as unknown as Node);
  return texts;

  function visit(node: Node): void {
    // Types show nothing, and errors are for developers.
    if (node.type.startsWith('TS') && !('expression' in node)) return;
    if (node.type === 'NewExpression' && /Error$/.test(nameOf(node.callee))) return;
    if (node.type === 'JSXText') report(node, node.value, LETTER);
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      for (const child of nodesIn(node.children))
        if (child.type === 'JSXExpressionContainer') show(child.expression);
    }
    if (node.type === 'JSXAttribute' && SHOWN_ATTRIBUTES.includes(nameOf(node.name))) show(node.value);
    for (const [text, piece] of stringsOf(node)) report(piece, text, SENTENCE);
    for (const value of Object.values(node)) for (const child of nodesIn(value)) visit(child);
  }

  /** Follows an expression to the texts that it may become. */
  function show(value: unknown): void {
    const [node] = nodesIn(value);
    if (!node) return;
    for (const [text, piece] of stringsOf(node)) report(piece, text, LETTER);
    if (node.type === 'JSXExpressionContainer') show(node.expression);
    else if (node.type === 'ConditionalExpression') {
      show(node.consequent);
      show(node.alternate);
    } else if (node.type === 'LogicalExpression' || node.operator === '+') {
      show(node.left);
      show(node.right);
    }
  }

  function report(node: Node, value: unknown, pattern: RegExp): void {
    const text = String(value);
    if (found.has(node) || text in ENGLISH || !pattern.test(node.type === 'JSXText' ? text.trim() : text))
      return;
    found.add(node);
    texts.push(node.type === 'JSXText' ? text.trim() : text);
  }
}

/** The texts of a string or of a template, each with its node. */
function stringsOf(node: Node): [string, Node][] {
  if (node.type === 'Literal' && typeof node.value === 'string') return [[node.value, node]];
  if (node.type !== 'TemplateLiteral') return [];
  return nodesIn(node.quasis).map(quasi => [String((quasi.value as { cooked?: string }).cooked), quasi]);
}

function nodesIn(value: unknown): Node[] {
  return [value].flat().filter((item): item is Node => typeof (item as Node | null)?.type === 'string');
}

function nameOf(node: unknown): string {
  return String((node as Node).name);
}
