/** Why an entry belongs to an edition, or does not: places, outlets, sources, the operator's rules. */
import { rows } from './row.ts';

export const REGION = rows({
  'region.about': {
    params: { found: 'evidence', score: 'score', threshold: 'score' },
    zh: '{found}；得分 {score}，门槛 {threshold}',
    en: '{found}; score {score}, threshold {threshold}',
  },
  'region.about-despite': {
    params: { found: 'evidence', against: 'evidence', score: 'score', threshold: 'score' },
    zh: '{found}；相反的有 {against}；得分 {score}，门槛 {threshold}',
    en: '{found}; against it {against}; score {score}, threshold {threshold}',
  },
  'region.short': {
    params: { found: 'evidence', score: 'score', short: 'score', threshold: 'score' },
    zh: '{found}；得分 {score}，距门槛 {threshold} 还差 {short}',
    en: '{found}; score {score}, {short} short of the threshold {threshold}',
  },
  'region.short-because': {
    params: { found: 'evidence', against: 'evidence', score: 'score', short: 'score', threshold: 'score' },
    zh: '{found}；相反的有 {against}；得分 {score}，距门槛 {threshold} 还差 {short}',
    en: '{found}; against it {against}; score {score}, {short} short of the threshold {threshold}',
  },
  'region.in-passing': {
    params: { passing: 'evidence', threshold: 'score' },
    zh: '{passing}，只是顺带提到；门槛 {threshold}',
    en: '{passing}, only in passing; threshold {threshold}',
  },
  'region.elsewhere': {
    params: { places: 'evidence', threshold: 'score' },
    zh: '提到的只是别处：{places}；门槛 {threshold}',
    en: 'only places elsewhere are named: {places}; threshold {threshold}',
  },
  'region.elsewhere-and-in-passing': {
    params: { passing: 'evidence', places: 'evidence', threshold: 'score' },
    zh: '{passing}，只是顺带提到；其余提到的只是别处：{places}；门槛 {threshold}',
    en: '{passing}, only in passing; only places elsewhere are named: {places}; threshold {threshold}',
  },
  'region.nothing': {
    params: { threshold: 'score' },
    zh: '没有提到这一版的地区或主题；门槛 {threshold}',
    en: 'no place or theme of the edition is named; threshold {threshold}',
  },
  'region.every': { zh: '这一版不限地区', en: 'the edition takes every region' },
  'region.outlet-within': { params: { place: 'text' }, zh: '媒体在{place}', en: 'its outlet is in {place}' },
  'region.outlet-local': {
    params: { place: 'text' },
    zh: '文中没有提到地名；媒体在{place}，标题像是写本地',
    en: 'the text names no place; its outlet is in {place}, and the headline reads local',
  },
  'region.outlet-elsewhere': { params: { place: 'text' }, zh: '媒体在{place}', en: 'its outlet is in {place}' },
  'region.outlet-unknown': { zh: '不知道媒体在哪里', en: 'where its outlet is, is not known' },
  'edition.not-its-source': {
    params: { source: 'text' },
    zh: '来源 {source} 不在这一版的来源里',
    en: "source {source} is not one of the edition's sources",
  },
  'edition.drop': { params: { rule: 'text' }, zh: '符合本版排除规则 {rule}', en: 'drop rule {rule}' },
  'edition.keep': { params: { rule: 'text' }, zh: '符合本版保留规则 {rule}', en: 'keep rule {rule}' },
  'edition.none': { zh: '没有任何版面', en: 'there is no edition' },
  'edition.unknown': { zh: '没有这一版', en: 'no such edition' },
  'source.drop': {
    params: { rule: 'text' },
    zh: '符合来源的排除规则 {rule}',
    en: "the source's drop rule {rule} matches",
  },
  'source.keep': {
    params: { rule: 'text' },
    zh: '符合来源的保留规则 {rule}',
    en: "the source's keep rule {rule} matches",
  },
});
