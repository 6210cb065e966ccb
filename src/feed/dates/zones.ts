/** Reads zone names and offsets, as dates write them, in minutes. */

// RFC 822 §5.1 and names that feeds use beside it, in minutes east of Greenwich. CST is asked for below.
const NAMES: Readonly<Record<string, number>> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  BST: 60,
  CET: 60,
  MET: 60,
  WEST: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  HKT: 480,
  SGT: 480,
  PHT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  NDT: -150,
  NST: -210,
  ADT: -180,
  AST: -240,
  EDT: -240,
  EST: -300,
  ET: -300,
  CDT: -300,
  MDT: -360,
  MST: -420,
  PDT: -420,
  PST: -480,
  PT: -480,
  AKDT: -480,
  AKST: -540,
  HST: -600,
};

/** Minutes east of Greenwich of a zone as written (`+0800`, `GMT+8`, `EST`, `北京时间`); null where it says nothing we know. */
export function zoneMinutes(zone: string, homeZone: string): number | null {
  const text = zone.trim().toUpperCase().replace(/[()]/g, '');
  if (text === '') return null;
  if (/^(北京时间|北京時間|CHINA STANDARD TIME|CCT|BJT)$/.test(text)) return 480;
  // China and North America both say CST; the source's own zone decides.
  if (text === 'CST') return homeZone.startsWith('America/') ? -360 : 480;
  const named = NAMES[text];
  if (named !== undefined) return named;
  const offset = /^(?:GMT|UTC|UT|Z)?\s*([+-])\s*(\d{1,2}):?(\d{2})?$/.exec(text);
  if (offset === null) return null;
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
  if (minutes > 14 * 60) return null;
  return offset[1] === '-' ? -minutes : minutes;
}
