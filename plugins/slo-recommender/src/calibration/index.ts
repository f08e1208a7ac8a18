export { Calibration } from './Calibration';
