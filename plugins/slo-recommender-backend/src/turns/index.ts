export { giveWay } from './giveWay';
export { parseInTurns } from './parseInTurns';
export { takingTurns } from './takingTurns';
