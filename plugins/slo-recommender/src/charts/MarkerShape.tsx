/** Shapes by which marks are told apart without their colour. */
export const markers = ['flag', 'diamond', 'cross', 'circle', 'ring'] as const;
export type Marker = (typeof markers)[number];

const CIRCLE = 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z';

const paths: Record<Marker, string> = {
  flag: 'M-4.5 6V-6H5.5L3-2.5 5.5 1h-8v5z',
  diamond: 'M0-6 6 0 0 6-6 0z',
  cross:
    'M-5-2.8-2.8-5 0-2.2 2.8-5 5-2.8 2.2 0 5 2.8 2.8 5 0 2.2-2.8 5-5 2.8-2.2 0z',
  circle: CIRCLE,
  ring: CIRCLE,
};

/** A mark of 12 px around the point (0, 0), inside an SVG. */
export function MarkerShape(props: { marker: Marker; color: string }) {
  const { marker, color } = props;
  return (
    <path
      d={paths[marker]}
      fill={marker === 'ring' ? 'none' : color}
      stroke={marker === 'ring' ? color : undefined}
      strokeWidth="2"
    />
  );
}
