export { PresentCards } from './PresentCards';
export { TierCards } from './TierCards';
