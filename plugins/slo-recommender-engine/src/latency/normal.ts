/**
 * Share of a standard normal distribution below z: Abramowitz and Stegun, _Handbook of Mathematical Functions_, 26.2.17,
 * with an absolute error below 7.5e-8.
 */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t *
    (0.31938153 +
      t *
        (-0.356563782 +
          t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z < 0 ? tail : 1 - tail;
}

/**
 * The z below which a share in (0, 1) of a standard normal distribution lies: Wichura's PPND7, _Applied Statistics_ 1988
 * (AS 241), with a relative error of about 1e-7.
 */
export function normalScore(share: number): number {
  const q = share - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q *
        (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r +
          3.3871327179)) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
    );
  }
  const r = Math.sqrt(-Math.log(q < 0 ? share : 1 - share));
  const score = r <= 5 ? near(r - 1.6) : far(r - 5);
  return q < 0 ? -score : score;
}

function near(r: number): number {
  return (
    (((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777) /
    ((0.12021132975 * r + 0.7370016425) * r + 1)
  );
}

function far(r: number): number {
  return (
    (((0.017337203997 * r + 0.42868294337) * r + 3.081226386) * r +
      6.657905115) /
    ((0.012258202635 * r + 0.24197894225) * r + 1)
  );
}
