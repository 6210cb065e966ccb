/** Tells made-up local news from templates and word lists: the same story for the same draws. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { chinaClock } from './stamps.ts';
import type { Random } from './random.ts';

/** Something that happened, before any outlet dresses it. */
export interface Story {
  /** Title pattern of its template: stories of one template tell alike. */
  readonly template: string;
  readonly topic: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** City of the dateline. */
  readonly city: string;
  readonly province: string;
  readonly reporter: string;
}

/** Provinces whose cities a story may play in. */
export interface Scope {
  readonly area: 'delta' | 'elsewhere';
  /** Province names; empty: all of the area. */
  readonly provinces: readonly string[];
}

interface Template {
  readonly topic: string;
  readonly title: string;
  readonly body: readonly (string | readonly string[])[];
  /** Stories of this area only. */
  readonly only?: Scope['area'];
}

interface Trap extends Template {
  readonly place: readonly string[];
  /** The outlet that tells it; absent: the national ones. */
  readonly home?: string;
}

type PlaceRow = readonly [province: string, counties: readonly string[], crop: string, craft: string, water: string];
type Bindings = Map<string, string>;

function readData(name: string): unknown {
  return parse(readFileSync(new URL(`./data/${name}.yaml`, import.meta.url), 'utf8'));
}

const templates = readData('templates') as readonly Template[];
const traps = readData('traps') as readonly Trap[];
const notices = readData('notices') as readonly Template[];
// Two of these may meet in one story: their slots are told apart by the sentence's number.
const context = (readData('context') as readonly string[]).map((text, index) =>
  text.replaceAll('{x', `{c${index}x`).replaceAll('#8', `#8${index}`),
);
const words = readData('words') as Readonly<Record<string, readonly string[]>>;
const places = readData('places') as Readonly<Record<Scope['area'], Readonly<Record<string, PlaceRow>>>>;

const SLOT = /\{([a-z0-9#]+)(?:=([^{}]+))?\}/g;

/** A made-up name that shows itself as one. */
export function drawPerson(random: Random): string {
  return random.pick(words.surname ?? []) + random.pick(words.given ?? []);
}

function draw(name: string, choices: string | undefined, random: Random): string {
  if (choices !== undefined) {
    const range = /^(\d+)-(\d+)$/.exec(choices);
    if (range === null) return random.pick(choices.split('|'));
    return String(random.whole(Number(range[1]), Number(range[2])));
  }
  const list = name.replace(/#.*/, '');
  if (list === 'person') return drawPerson(random);
  const from = words[list];
  if (from === undefined) throw new RangeError(`{${name}} has neither words nor choices`);
  return random.pick(from);
}

/** Two draws of one list in one story never give the same word. */
function fill(text: string, bound: Bindings, random: Random): string {
  return text.replace(SLOT, (_whole, name: string, choices: string | undefined) => {
    let value = bound.get(name);
    if (value !== undefined) return value;
    const stem = name.replace(/#.*/, '');
    const taken = new Set([...bound].filter(([key]) => key.replace(/#.*/, '') === stem).map(([, word]) => word));
    value = draw(name, choices, random);
    for (let attempt = 0; taken.has(value) && attempt < 50; attempt++) value = draw(name, choices, random);
    bound.set(name, value);
    return value;
  });
}

function tell(template: Template, bound: Bindings, at: number, random: Random): Story {
  const { year, month, day } = chinaClock(at);
  bound.set('year', String(year)).set('month', String(month)).set('day', String(day));
  const title = fill(template.title, bound, random);
  const paragraphs = template.body.map((part) =>
    fill(typeof part === 'string' ? part : random.pick(part), bound, random),
  );
  const { topic } = template;
  const said = (name: string) => bound.get(name) ?? '';
  return {
    template: template.title,
    topic,
    title,
    paragraphs,
    city: said('city'),
    province: said('province'),
    reporter: fill('{person#9}', bound, random),
  };
}

function citiesOf(scope: Scope): readonly (readonly [string, PlaceRow])[] {
  const all = Object.entries(places[scope.area]);
  return scope.provinces.length === 0 ? all : all.filter(([, row]) => scope.provinces.includes(row[0]));
}

function bindPlace(scope: Scope, random: Random): Bindings {
  const [city, [province, counties, crop, craft, water]] = random.pick(citiesOf(scope));
  const others = Object.keys(places[scope.area]).filter((name) => name !== city);
  const county = random.pick(counties);
  return new Map(Object.entries({ city, province, county, crop, craft, water, city2: random.pick(others) }));
}

/** One of the templates that `lately` does not name; any of them where it names all. */
function freshest<T extends Template>(all: readonly T[], lately: readonly string[], random: Random): T {
  const fresh = all.filter(({ title }) => !lately.includes(title));
  return random.pick(fresh.length > 0 ? fresh : all);
}

/** The story, filled up before its last paragraph. */
function widen(template: Template, random: Random): Template {
  const [first = '', ...rest] = template.body;
  const more = new Set([random.pick(context), random.pick(context)]);
  return { ...template, body: [first, ...rest.slice(0, -1), ...more, ...rest.slice(-1)] };
}

/** A story that plays in one of the scope's cities. `lately`: templates told so recently that others are preferred. */
export function tellStory(scope: Scope, lately: readonly string[], at: number, random: Random): Story {
  const fitting = templates.filter(({ only }) => only === undefined || only === scope.area);
  return tell(widen(freshest(fitting, lately, random), random), bindPlace(scope, random), at, random);
}

/** A story whose place names mislead; `home` null asks for the national outlets' ones. */
export function tellTrap(home: string | null, lately: readonly string[], at: number, random: Random): Story | null {
  const fitting = traps.filter((trap) => (trap.home ?? null) === home);
  if (fitting.length === 0) return null;
  const trap = freshest(fitting, lately, random);
  const city = trap.place[0] ?? '';
  return tell(
    trap,
    new Map([
      ['city', city],
      ['province', trap.place[1] ?? city],
    ]),
    at,
    random,
  );
}

/** A line of a newspaper export that is no news: 本版责编, an advertisement, a bare picture caption. */
export function tellNotice(scope: Scope, at: number, random: Random): Story {
  return tell(random.pick(notices), bindPlace(scope, random), at, random);
}
