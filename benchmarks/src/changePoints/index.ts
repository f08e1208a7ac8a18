import type { BenchmarkSection } from '../Section';
import {
  measureAccuracy,
  measureFalseAlarms,
  measureSizes,
} from './measureAccuracy';

const SERVICES = 1_000;

export const changesSection: BenchmarkSection = {
  name: 'changes',
  title: 'Change points',

  async run({ say }) {
    say(`• steps, ramps and seasons of ${SERVICES} services each`);
    const accuracy = measureAccuracy(SERVICES);
    say('• sizes of steps');
    const sizes = measureSizes(SERVICES);
    say('• services that never change');
    return [accuracy, sizes, measureFalseAlarms(SERVICES)];
  },
};
