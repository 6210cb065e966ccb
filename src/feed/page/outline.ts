/** Writes short CSS selectors for elements of a page, as people would, and finds elements by selectors. */
import { selectAll, selectOne } from 'css-select';
import { isTag } from 'domhandler';
import type { AnyNode, Document, Element } from 'domhandler';

// Classes that tell of place, state or float and change from row to row.
const PASSING =
  /^(on|cur|current|active|hover|first|last|odd|even|top|new|hot|show|hide|hidden|selected|clear\w*|cl|cf|fl|fr|l|r|left|right|pull-\w+|float-\w+|col-\S+|row|container|wrapper?|mt\d+|mb\d+|pt\d+|pb\d+|bold|red|no-?\w*|w\d+|f\d+)$/i;
const PLAIN = /^[A-Za-z_][\w-]*$/;
const COUNTED = /\d{3,}|^\w*[_-]\d+$/;

function usefulClasses(element: Element): readonly string[] {
  return (element.attribs['class'] ?? '')
    .split(/\s+/)
    .filter((name) => PLAIN.test(name) && !PASSING.test(name) && !COUNTED.test(name))
    .slice(0, 2);
}

/** `tag.class` with the first class that says what the element is; the bare tag without one. */
function outline(element: Element): string {
  const [name] = usefulClasses(element);
  return name === undefined ? element.name : `${element.name}.${name}`;
}

export function parentOf(element: Element): Element | null {
  const { parent } = element;
  return parent !== null && isTag(parent) ? parent : null;
}

/** Elements within `root` that a CSS selector matches, in document order. Throws on a selector that is none. */
export function allWithin(selector: string, root: Document | Element): Element[] {
  return selectAll<AnyNode, Element>(selector, root).filter((node) => isTag(node));
}

/** The first element within `root` that a CSS selector matches; null for none. */
export function firstWithin(selector: string, root: Document | Element): Element | null {
  return selectOne<AnyNode, Element>(selector, root);
}

// Broken markup yields names such as `a:b` and `li<p`, which no selector takes.
const TAG = /^[a-z][a-z\d-]*$/;
const MAX_STEPS = 6;

/** Selectors for `element` and its likes elsewhere in the same container, from the most to the least particular. */
export function itemSelectors(element: Element): readonly string[] {
  if (!TAG.test(element.name)) return [];
  const steps: string[] = [];
  let anchor: string | null = null;
  for (let at = parentOf(element), i = 0; at !== null && i < MAX_STEPS; at = parentOf(at), i++) {
    if (!TAG.test(at.name)) return [];
    const id = at.attribs['id'] ?? '';
    const [name] = usefulClasses(at);
    if (PLAIN.test(id) && !COUNTED.test(id)) anchor = `#${id}`;
    else if (name !== undefined) anchor = `${at.name}.${name}`;
    else if (at.name === 'body') anchor = 'body';
    if (anchor !== null) break;
    steps.unshift(at.name);
  }
  const path = [...(anchor === null ? [] : [anchor]), ...steps].join(' > ');
  const lead = path === '' ? '' : `${path} > `;
  return [...new Set([`${lead}${outline(element)}`, `${lead}${element.name}`])];
}

/** Selector of `inner` within `item`: its outline, under that of its parent where the tag alone is too common. */
export function innerSelectors(inner: Element, item: Element): readonly string[] {
  const parent = parentOf(inner);
  if (!TAG.test(inner.name) || (parent !== null && !TAG.test(parent.name))) return [];
  const own = outline(inner);
  const nested = parent === null || parent === item ? [] : [`${outline(parent)} > ${own}`, `${outline(parent)} ${own}`];
  return own.includes('.') ? [own, ...nested] : [...nested.slice(0, 1), own];
}
