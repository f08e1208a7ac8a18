export { parseInTurns } from './parseInTurns';
export { takingTurns } from './takingTurns';
