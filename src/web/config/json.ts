/** Writes faults of the config, and what became of saving one, as the API gives them. */
import type { Fault } from '../../model/config.ts';
import type { Language } from '../../reasons/language.ts';
import { say } from '../../reasons/render.ts';
import type { Preview, Saving } from '../deps.ts';

function faultJson({ file, line, column, why }: Fault, language: Language): object {
  return { file, line, column, message: say(why, language), messageCode: why.code };
}

export function faultsJson(faults: readonly Fault[], language: Language): readonly object[] {
  return faults.map((fault) => faultJson(fault, language));
}

export function savingJson(saving: Saving, language: Language): object {
  if (saving.ok) return saving;
  const { ok, reason } = saving;
  if (saving.reason === 'faults') return { ok, reason, faults: faultsJson(saving.faults, language) };
  if (saving.reason !== 'failed') return saving;
  return { ok, reason, message: say(saving.why, language), messageCode: saving.why.code };
}

export function previewJson(preview: Preview, language: Language): object {
  return preview.ok ? preview : { ok: false, faults: faultsJson(preview.faults, language) };
}
