import {
  ButtonIcon,
  Card,
  CardBody,
  Tooltip,
  TooltipTrigger,
} from '@backstage/ui';
import { RiInformationLine } from '@remixicon/react';
import type { FleetCalibrationResponse } from 'backstage-plugin-slo-recommender-common';
import { formatFailureRatio } from '../words';
import styles from './Scores.module.css';

interface Score {
  name: string;
  /** In words; null where unknown. */
  value: string | null;
  caption: string;
  explanation: string;
}

const known = (value: number | null, format: (value: number) => string) =>
  value === null ? null : format(value);

/** A score in three significant digits. */
const formatScore = (score: number) => String(Number(score.toPrecision(3)));

/** The scores of a calibration with what they mean. */
function scoresOf(calibration: FleetCalibrationResponse): Score[] {
  const { brokenShare, vacuousShare, brierScore, pinballLoss } = calibration;
  return [
    {
      name: 'Broken promises',
      value: known(brokenShare, formatFailureRatio),
      caption: 'of balanced recommendations; 10\u00a0% are to be expected',
      explanation:
        'Share of past windows that broke the balanced objective recommended before them. It is meant to be kept with 90\u00a0%, so about 10\u00a0% break it: many more would be rash, many fewer too cautious.',
    },
    {
      name: 'Vacuous promises',
      value: known(vacuousShare, formatFailureRatio),
      caption: 'allow more than ten times what failed; less is better',
      explanation:
        'Share of balanced recommendations whose budget was more than ten times the failures that came. Such a promise is kept, but says nothing.',
    },
    {
      name: 'Brier score',
      value: known(brierScore, formatScore),
      caption: '0 is perfect; always saying 50\u00a0% would score 0.25',
      explanation:
        'Mean squared difference between the predicted probability of keeping an objective and what happened (1 kept, 0 broken), over all objectives of the ladder.',
    },
    {
      name: 'Pinball loss',
      value: known(pinballLoss, formatFailureRatio),
      caption: 'of requests, at the 90\u00a0% quantile; less is better',
      explanation:
        'How far the predicted 90\u00a0% quantile of the share of bad requests was from the outcome: failures above it cost nine times as much as room left below it.',
    },
  ];
}

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
