/** Rows for English editions: bylines and dated lines, buttons, heads of what follows an article. */
import { isEnglishLine } from '../english.ts';
import type { LineRule } from '../linerule.ts';
import { alone, anyOf } from '../../../text/anyof.ts';

const BUTTON = alone(
  anyOf(
    'share(?:␣(?:this|to|on).{0,20})? print save email sign␣in log␣in register subscribe search follow␣us download␣(?:the␣)?app text␣size:? next(?:␣page)? prev(?:ious)?(?:␣page)? back␣to␣top read␣more (?:click␣)?to␣(?:continue|enlarge) advertisement comments? facebook twitter wechat weibo',
  ),
);
const HEAD = alone(
  anyOf(
    'related(?:␣(?:stories|articles|news|reading|photos|coverage))? special␣(?:reports?|coverage) most␣(?:viewed|popular|read|shared)(?:␣in.{1,16})? (?:editor.?s|our)␣picks? recommended(?:␣for␣you)? you␣(?:may|might)␣(?:also␣)?like.{0,12} more␣(?:from|stories|news|on).{0,24} top␣(?:news|stories) latest␣(?:news|stories) trending(?:␣now)? hot␣(?:topics|words) what.?s␣new contact␣(?:us|the␣writers?.{0,40}) about␣us',
  ),
);

export const ENGLISH_RULES = [
  {
    name: 'label.english',
    role: 'meta',
    reason: 'English editions name writers, editors, outlet and time in lines of their own',
    takes: [
      'by lu meng | china delta daily | updated: 2023-05-04 09:12',
      'by xu xin (delta daily) 14:02, may 04, 2023',
      '12:26 utc+8, 2024-04-18',
      'source: shne editor: wang qian',
      '(web editor: zhang kai, liang jun)',
      'updated: 09:40, 06-jun-2023',
      'published: may 04, 2023 09:12 pm',
    ],
    leaves: [
      'by the river',
      'by next friday, 30 more will open.',
      'source of the yangtze',
      'the bridge opened on may 4, 2023',
      'editors at work',
    ],
    test: ({ text }) => isEnglishLine(text),
  },
  {
    name: 'edge.english',
    role: 'share',
    reason: 'buttons of English editions',
    takes: ['share', 'sign in', 'next >>|', 'follow us'],
    leaves: ['share of exports', 'next stop: hefei'],
    test: ({ text }) => text.length <= 40 && BUTTON.test(text),
  },
  {
    name: 'end.english',
    role: 'stop',
    ends: 'soon',
    reason: 'what follows an article of an English edition',
    takes: [
      'related stories',
      'most viewed in 24 hours',
      'special reports',
      'contact the writers at news@delta.example',
    ],
    leaves: ['related industries grew by 8 percent', 'trending toys of the season'],
    test: ({ text }) => text.length <= 70 && HEAD.test(text),
  },
] as const satisfies readonly LineRule[];
