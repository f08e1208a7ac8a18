export { CurveSection } from './CurveSection';
