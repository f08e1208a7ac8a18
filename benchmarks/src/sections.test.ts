import { chooseSections, sections } from './sections';

describe('chooseSections', () => {
  it('takes all where none is named', () => {
    expect(chooseSections([])).toEqual(sections);
  });

  it('takes those that are named', () => {
    expect(chooseSections(['graph']).map(({ name }) => name)).toEqual([
      'graph',
    ]);
  });

  it('says which there are where the name is wrong', () => {
    expect(() => chooseSections(['grahp'])).toThrow(
      '"grahp" is not a benchmark; there are graph, ingest, backfill, analysis, reads, accuracy, latency, changes',
    );
  });
});
