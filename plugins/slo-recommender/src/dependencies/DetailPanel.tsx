import { ButtonIcon, Text } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './DetailPanel.module.css';

/** What is known of the thing that was picked. Escape closes it. */
export function DetailPanel(props: {
  title: string;
  /** Names the panel for people who hear it; the title if absent. */
  label?: string;
  /** Whether the keyboard's focus goes to it, as after a pick, and not on arrival by an address. */
  takesFocus: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const { title, label = props.title, takesFocus, onClose, children } = props;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takesFocus) panel.current?.focus({ preventScroll: false });
  }, [takesFocus, label]);
  return (
    <section
      ref={panel}
      className={styles.panel}
      aria-label={label}
      tabIndex={-1}
    >
      <div className={styles.head}>
        <Text
          as="h3"
          variant="body-large"
          weight="bold"
          className={styles.title}
        >
          {title}
        </Text>
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label="Close"
          icon={<RiCloseLine />}
          onPress={onClose}
        />
      </div>
      {children}
    </section>
  );
}
