import type { Templates } from '../../functions/deliveries/templates/rendering.ts';
import { moduleOfFolder } from './compile.ts';
import type { Folder } from './folder.ts';

/** What a module of templates exports. */
export async function loadModule(text: string): Promise<Templates> {
  return await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}

/** The templates as the functions will have them, without what stands in for letters that they do not tell apart. */
export async function compileTemplates(folder: Folder, languages: readonly string[]): Promise<Templates> {
  return await loadModule(moduleOfFolder(folder, languages));
}
