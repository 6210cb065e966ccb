/** Writes texts on which a regular expression does the most work: what its repetitions take, over and over, then what fails. */
import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';

/** What classes and dots are tried with: one character of each kind that the patterns of src/ name. */
const KINDS = 'a1 合\n\t年一月日，。、：:.,;!?-_/\\|丨<>()[]【】《》"\'“”=&#@%+*~^…—–$Axf0\u3000\ud83d'.split('');
/** Samples of one node: a class has as many as members that differ in what else of the pattern takes them. */
const MOST_SAMPLES = 14;
const MOST_WORDS = 24;
const MOST_COPIES = 40;
/** Fewer rounds than this cost little. */
const LONG = 16;

export interface Pump {
  readonly before: string;
  readonly repeated: string;
  readonly after: string;
}

/** `length` characters of it. */
export function pumped({ before, repeated, after }: Pump, length: number): string {
  const rounds = Math.max(1, Math.floor((length - before.length - after.length) / repeated.length));
  return before + repeated.repeat(rounds) + after;
}

/** The pumps of a pattern, each once; none for a pattern that repeats nothing and is looked for in one place. */
export function pumpsOf(source: string, flags: string): readonly Pump[] {
  const tree = new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, flags.includes('u'));
  const pumps = new Map<string, Pump>();
  const add = (before: string, repeated: string, rest: string): void => {
    if (repeated === '') return;
    for (const after of ['', '\u0001', rest.slice(0, -1), ...refused])
      pumps.set(JSON.stringify([before, repeated, after]), { before, repeated, after });
  };
  const samples = sampling(flags);
  const refused = refusedBy(tree);
  for (const { before, after, quantifier } of repetitions(tree, samples)) {
    const words = quantifier === null ? [] : samples.words(quantifier.element);
    for (const word of words) {
      add(before, word, after);
      add('', word, after);
      add('', before + word, after);
      for (const other of words.slice(0, 4)) add(before, word + other, after);
    }
    add('', before, after);
  }
  for (const whole of samples.words(tree)) {
    add('', whole, '');
    for (let cut = 1; cut < Math.min(whole.length, 8); cut++) add('', whole.slice(0, cut), '');
    if (whole.length > 1) add('', whole.slice(0, -1), '');
  }
  return [...pumps.values()];
}

interface Repetition {
  /** A text that leads up to it. */
  readonly before: string;
  /** A text that the pattern takes behind it. */
  readonly after: string;
  readonly quantifier: AST.Quantifier | null;
}

function repetitions(tree: AST.Pattern, samples: Samples): readonly Repetition[] {
  const found: Repetition[] = [];
  const visit = (alternatives: readonly AST.Alternative[], before: string, after: string): void => {
    for (const { elements } of alternatives) {
      elements.forEach((element, at) => {
        const lead =
          before +
          elements
            .slice(0, at)
            .map((one) => samples.first(one))
            .join('');
        const rest =
          elements
            .slice(at + 1)
            .map((one) => samples.first(one))
            .join('') + after;
        let inner: AST.Element = element;
        if (inner.type === 'Quantifier') {
          if (inner.max >= LONG) found.push({ before: lead, after: rest, quantifier: inner });
          inner = inner.element;
        }
        if ('alternatives' in inner) visit(inner.alternatives, lead, rest);
      });
    }
  };
  visit(tree.alternatives, '', '');
  return found;
}

/** Characters that the pattern's negated classes name: what such a repetition ends at. */
function refusedBy(tree: AST.Pattern): readonly string[] {
  const found = new Set<string>();
  visitRegExpAST(tree, {
    onCharacterClassEnter({ negate, elements }) {
      for (const element of negate ? elements : []) if (element.type === 'Character') found.add(nameOf(element));
    },
  });
  return [...found].slice(0, 4);
}

type Sampled = AST.Pattern | AST.Alternative | AST.Element;

interface Samples {
  /** Short texts that a node takes, the shortest first in kind. */
  readonly words: (node: Sampled) => readonly string[];
  readonly first: (node: Sampled) => string;
}

function sampling(flags: string): Samples {
  const own = flags.replaceAll(/[gyd]/g, '');
  const held = new Map<Sampled, readonly string[]>();
  const words = (node: Sampled): readonly string[] => {
    const before = held.get(node);
    if (before !== undefined) return before;
    const found = [...new Set(wordsOf(node))].slice(0, MOST_WORDS);
    held.set(node, found);
    return found;
  };
  const wordsOf = (node: Sampled): readonly string[] => {
    switch (node.type) {
      case 'Pattern':
      case 'Group':
      case 'CapturingGroup':
        return spread(node.alternatives.map(words));
      case 'Alternative':
        return node.elements.reduce<readonly string[]>((before, element) => joined(before, words(element)), ['']);
      case 'Quantifier':
        return repeated(node, words(node.element));
      case 'Character':
        return [String.fromCodePoint(node.value)];
      case 'CharacterClass':
      case 'CharacterSet':
      case 'ExpressionCharacterClass':
        return membersOf(node, own);
      case 'Assertion':
      case 'Backreference':
        break;
    }
    return [''];
  };
  return { words, first: (node) => words(node)[0] ?? '' };
}

function repeated({ min, max }: AST.Quantifier, one: readonly string[]): readonly string[] {
  const least = (one[0] ?? '').repeat(Math.min(min, MOST_COPIES));
  if (max === min) return [least];
  return min === 0 ? ['', ...one] : [least, ...one.slice(0, 3).map((word) => least + word)];
}

function membersOf(
  node: AST.CharacterClass | AST.CharacterSet | AST.ExpressionCharacterClass,
  flags: string,
): readonly string[] {
  const pattern = new RegExp(`^${node.raw}$`, flags);
  const named = node.type === 'CharacterClass' && !node.negate ? node.elements.map(nameOf) : [];
  return [...named, ...KINDS].filter((one) => pattern.test(one)).slice(0, MOST_SAMPLES);
}

function nameOf(member: AST.CharacterClassElement): string {
  if (member.type === 'Character') return String.fromCodePoint(member.value);
  return member.type === 'CharacterClassRange' ? String.fromCodePoint(member.min.value) : '';
}

/** The first of each list, then the second of each, and so on: every alternative is heard. */
function spread(lists: readonly (readonly string[])[]): readonly string[] {
  const most = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: most }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}

/** Each of `left` with the first of `right`, and the first of `left` with each of `right`. */
function joined(left: readonly string[], right: readonly string[]): readonly string[] {
  const [first = ''] = left;
  const [second = ''] = right;
  return [first + second, ...left.slice(1).map((one) => one + second), ...right.slice(1).map((one) => first + one)];
}
