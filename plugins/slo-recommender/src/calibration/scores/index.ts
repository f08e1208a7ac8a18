export { Scores } from './Scores';
