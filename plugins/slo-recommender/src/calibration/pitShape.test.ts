import { pitShapes, pitShapeWords } from './pitShape';

const MANY = 7_412;

it.each([
  [
    'ten equal ones',
    [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
    ['even'],
  ],
  [
    'nearly equal ones',
    [0.11, 0.09, 0.1, 0.1, 0.11, 0.1, 0.09, 0.1, 0.1, 0.1],
    ['even'],
  ],
  [
    'a U',
    [0.18, 0.12, 0.08, 0.06, 0.06, 0.06, 0.06, 0.08, 0.12, 0.18],
    ['too narrow'],
  ],
  [
    'a hump',
    [0.04, 0.07, 0.11, 0.13, 0.15, 0.15, 0.13, 0.11, 0.07, 0.04],
    ['too wide'],
  ],
  [
    'a slope up',
    [0.055, 0.065, 0.075, 0.085, 0.095, 0.105, 0.115, 0.125, 0.135, 0.145],
    ['too optimistic'],
  ],
  [
    'a slope down',
    [0.145, 0.135, 0.125, 0.115, 0.105, 0.095, 0.085, 0.075, 0.065, 0.055],
    ['too pessimistic'],
  ],
  [
    'a crooked U',
    [0.12, 0.08, 0.06, 0.06, 0.06, 0.06, 0.06, 0.06, 0.14, 0.3],
    ['too narrow', 'too optimistic'],
  ],
])('%s', (_, histogram, shapes) => {
  expect(pitShapes(histogram, MANY)).toEqual(shapes);
});

it('does not read a shape into few windows', () => {
  const slope = [
    0.055, 0.065, 0.075, 0.085, 0.095, 0.105, 0.115, 0.125, 0.135, 0.145,
  ];
  expect(pitShapes(slope, 60)).toEqual(['even']);
});

describe('in words', () => {
  const narrow = [0.2, 0.14, 0.06, 0.05, 0.05, 0.05, 0.05, 0.06, 0.14, 0.2];
  const lopsided = [0.15, 0.11, 0.06, 0.1, 0.17, 0.07, 0.06, 0, 0.06, 0.22];

  it('says a shape plainly that many windows tell', () => {
    expect(pitShapeWords(narrow, MANY)).toMatch(/^Both ends are too high:/);
  });

  it('says a shape with caution that few windows tell', () => {
    expect(pitShapeWords(narrow, 200)).toMatch(
      /^As far as so few windows tell, which overlap: both ends are too high:/,
    );
  });

  it('does not call even what few windows cannot tell from chance', () => {
    expect(pitShapeWords(lopsided, 54)).toMatch(
      /^So few windows, which overlap, do not tell/,
    );
  });
});
