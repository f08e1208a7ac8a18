import {
  ButtonIcon,
  Card,
  CardBody,
  Tooltip,
  TooltipTrigger,
} from '@backstage/ui';
import { RiInformationLine } from '@remixicon/react';
import type { FleetCalibrationResponse } from 'backstage-plugin-slo-recommender-common';
import { scoresOf } from './scoresOf';
import styles from './Scores.module.css';

/** The quality of past predictions in four numbers, each with what it means. */
export function Scores(props: { calibration: FleetCalibrationResponse }) {
  return (
    <ul className={styles.tiles} aria-label="Scores of past predictions">
      {scoresOf(props.calibration).map(
        ({ name, value, caption, explanation }) => (
          <li key={name}>
            <Card className={styles.card}>
              <CardBody>
                <div className={styles.head}>
                  <span>{name}</span>
                  <TooltipTrigger delay={200}>
                    <ButtonIcon
                      size="small"
                      variant="tertiary"
                      aria-label={`What is meant by ${name.toLocaleLowerCase(
                        'en-GB',
                      )}`}
                      icon={<RiInformationLine />}
                    />
                    <Tooltip className={styles.explanation}>
                      {explanation}
                    </Tooltip>
                  </TooltipTrigger>
                </div>
                <p className={styles.value}>{value ?? '–'}</p>
                <p className={styles.caption}>
                  {value === null ? 'Not known yet' : caption}
                </p>
              </CardBody>
            </Card>
          </li>
        ),
      )}
    </ul>
  );
}
