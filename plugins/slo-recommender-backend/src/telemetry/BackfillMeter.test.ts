import { BackfillMeter } from './BackfillMeter';
import { HOUR_MS } from '../kernel/time/hours';

/** Hours from midnight on, of services by their names. */
const portion = (hours: number, ...names: string[]) => ({
  range: { from: new Date(0), to: new Date(hours * HOUR_MS) },
  services: names.map(entityRef => ({ entityRef })),
});

describe('BackfillMeter', () => {
  it('has nothing to tell where nothing has to be fetched', () => {
    const meter = new BackfillMeter(() => 0);
    meter.plan([]);
    expect(meter.share).toBe(1);
    expect(meter.progress).toBeNull();
  });

  it('cannot tell the time left before the first portion is fetched', () => {
    const meter = new BackfillMeter(() => 0);
    meter.plan([portion(10, 'a', 'b')]);
    expect(meter.share).toBe(0);
    expect(meter.progress).toEqual({
      services: 2,
      servicesDone: 0,
      serviceHours: 20,
      serviceHoursDone: 0,
      secondsLeft: null,
    });
  });

  it('takes what is left to go on as fast as what is done', () => {
    let nowMs = 1_000_000;
    const meter = new BackfillMeter(() => nowMs);
    const first = portion(10, 'a', 'b');
    meter.plan([first, portion(20, 'c')]);
    nowMs += 6_000;
    meter.done(first);
    expect(meter.share).toBe(0.5);
    expect(meter.progress?.secondsLeft).toBe(6);
  });

  it('counts a service as done once all its portions are', () => {
    const meter = new BackfillMeter(() => 0);
    const [early, late] = [portion(10, 'a', 'b'), portion(5, 'a')];
    meter.plan([early, late]);
    meter.done(early);
    expect(meter.progress).toMatchObject({ services: 2, servicesDone: 1 });
    meter.done(late);
    expect(meter.progress).toMatchObject({ services: 2, servicesDone: 2 });
  });

  it('adds up what several datasources have to fetch', () => {
    const meter = new BackfillMeter(() => 0);
    meter.plan([portion(10, 'a')]);
    meter.plan([portion(30, 'b')]);
    meter.done(portion(10, 'a'));
    expect(meter.share).toBe(0.25);
    expect(meter.progress).toMatchObject({ services: 2, serviceHours: 40 });
  });
});
