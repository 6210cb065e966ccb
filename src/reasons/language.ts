/** The languages that reasons and pages are written in. */

export type Language = 'zh' | 'en';
