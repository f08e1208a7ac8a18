/** Pattern of slanted lines: fills what is left out, so that it is seen without colour. Goes into the `defs` of an SVG. */
export function Hatching(props: { id: string; color: string }) {
  return (
    <pattern
      id={props.id}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect width="6" height="6" fill={props.color} fillOpacity="0.12" />
      <line y2="6" stroke={props.color} strokeWidth="2" strokeOpacity="0.55" />
    </pattern>
  );
}
