export { DanglingReferences } from './DanglingReferences';
export { DivergentServices } from './DivergentServices';
export { PossibleAliases } from './PossibleAliases';
export { UndeclaredServices } from './UndeclaredServices';
