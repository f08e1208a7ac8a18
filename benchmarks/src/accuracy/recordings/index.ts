import type { ResultTable } from '../../Section';
import { nabTable } from './nab';
import { petshopTable } from './petshop';

/** What recordings of others show, where they are at hand. */
export function recordingTables(say: (message: string) => void): ResultTable[] {
  return [petshopTable, nabTable].flatMap(table => {
    const found = table();
    if (!found) say('• a recording is not at hand and left out');
    return found ?? [];
  });
}
