import type { CurvePoint } from 'backstage-plugin-slo-recommender-common';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { percentOf } from '../../charts';
import { formatProbabilityInWords, formatRatio } from '../../words';
import styles from './CurveHandle.module.css';
import { ladderAxis, nearestPoint, nextRung } from './ladder';
import { type CurveReading, formatPicked } from './reading';

/** How near to a rung the pointer is drawn to it, in pixels. */
const RUNG_REACH_PX = 8;

const RUNG_KEYS = new Map<string, 1 | -1>([
  ['PageUp', 1],
  ['PageDown', -1],
]);

const inWords = (objective: string, attainment: number) =>
  `${objective} kept with ${formatProbabilityInWords(attainment)} probability`;

/**
 * The handle on the curve: pointer and touch pick the point under them, arrow keys go from point to point, and the page
 * keys from rung to rung.
 */
export function CurveHandle(props: {
  curve: CurvePoint[];
  /** What the handle stands at, which may lie between the curve's points. */
  reading: CurveReading;
  onPick: (objective: number) => void;
}) {
  const { curve, reading, onPick } = props;
  const [hovered, setHovered] = useState<number | null>(null);
  const slider = useRef<HTMLInputElement>(null);
  const axis = ladderAxis(curve);

  const pointAt = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [low, high] = axis.domain;
    return nearestPoint(
      curve,
      axis.placeAt((event.clientX - box.left) / box.width),
      (RUNG_REACH_PX / box.width) * (high - low),
    );
  };
  const pick = (index: number) => onPick(curve[index].objective);
  const standing = nearestPoint(
    curve,
    axis.placeAt(axis.shareOf(reading.objective)),
    0,
  );

  const goByRung = (event: KeyboardEvent) => {
    const direction = RUNG_KEYS.get(event.key);
    if (!direction) return;
    event.preventDefault();
    pick(nextRung(curve, standing, direction));
  };

  const pointed = hovered === null ? null : curve[hovered];
  const place = (point: CurveReading | CurvePoint) => ({
    left: percentOf(axis.shareOf(point.objective)),
    top: percentOf(1 - point.attainment),
  });
  return (
    <>
      <input
        ref={slider}
        type="range"
        className={styles.slider}
        min={0}
        max={curve.length - 1}
        step={1}
        value={standing}
        aria-label="Objective to look at"
        aria-valuetext={inWords(formatPicked(reading), reading.attainment)}
        onChange={event => pick(Number(event.target.value))}
        onKeyDown={goByRung}
      />
      <div
        role="presentation"
        className={styles.field}
        onPointerDown={event => {
          // focus belongs to the slider, which the keyboard then moves on
          event.preventDefault();
          slider.current?.focus({ preventScroll: true });
          event.currentTarget.setPointerCapture(event.pointerId);
          pick(pointAt(event));
        }}
        onPointerMove={event => {
          const index = pointAt(event);
          setHovered(index);
          if (event.currentTarget.hasPointerCapture(event.pointerId))
            pick(index);
        }}
        onPointerLeave={() => setHovered(null)}
      />
      <span className={styles.handle} style={place(reading)} />
      {pointed && pointed.objective !== reading.objective && (
        <>
          <span className={styles.hover} style={place(pointed)} />
          <span
            className={styles.reading}
            style={{
              ...place(pointed),
              transform: `translate(-${percentOf(
                axis.shareOf(pointed.objective),
              )}, ${pointed.attainment > 0.5 ? '14px' : 'calc(-100% - 14px)'})`,
            }}
          >
            {inWords(formatRatio(pointed.objective), pointed.attainment)}
          </span>
        </>
      )}
    </>
  );
}
