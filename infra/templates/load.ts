import type { Templates } from '../../functions/deliveries/templates/rendering.ts';
import { moduleOfFolder } from './compile.ts';
import type { Folder } from './folder.ts';

/** The templates as the functions will have them, without what stands in for letters that they do not tell apart. */
export async function compileTemplates(folder: Folder, languages: readonly string[]): Promise<Templates> {
  const source = Buffer.from(moduleOfFolder(folder, languages)).toString('base64');
  return await import(`data:text/javascript;base64,${source}`);
}
