export { AnchorStore } from './AnchorStore';
