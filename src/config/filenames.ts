/** Names of the config files; apart from their schemas, which take time and memory to load. */
export const FILE_NAMES = ['sources.yaml', 'editions.yaml', 'regions.yaml', 'settings.yaml'] as const;
export type FileName = (typeof FILE_NAMES)[number];

export function isFileName(name: string): name is FileName {
  return FILE_NAMES.some((known) => known === name);
}
