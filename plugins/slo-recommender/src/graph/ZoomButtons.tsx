import { ButtonIcon } from '@backstage/ui';
import {
  RiFullscreenLine,
  RiZoomInLine,
  RiZoomOutLine,
} from '@remixicon/react';
import styles from './GraphCanvas.module.css';

/** Nearer, farther, all of it. */
export function ZoomButtons(props: {
  onZoomIn: () => void;
  onZoomOut: () => void;
  onFit: () => void;
}) {
  const buttons = [
    { label: 'Zoom in', icon: <RiZoomInLine />, onPress: props.onZoomIn },
    { label: 'Zoom out', icon: <RiZoomOutLine />, onPress: props.onZoomOut },
    { label: 'Show all', icon: <RiFullscreenLine />, onPress: props.onFit },
  ];
  return (
    <div className={styles.zoom}>
      {buttons.map(({ label, icon, onPress }) => (
        <ButtonIcon
          key={label}
          size="small"
          variant="secondary"
          aria-label={label}
          icon={icon}
          onPress={onPress}
        />
      ))}
    </div>
  );
}
