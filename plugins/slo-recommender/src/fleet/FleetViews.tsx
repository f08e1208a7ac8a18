import { useRouteRef } from '@backstage/core-plugin-api';
import { Container } from '@backstage/ui';
import { lazy, Suspense } from 'react';
import { NavLink, Route, Routes } from 'react-router-dom';
import { Waiting } from '../ui';
import {
  ALIASES_PATH,
  CALIBRATION_PATH,
  CYCLES_PATH,
  DANGLING_PATH,
  DIVERGENCE_PATH,
  rootRouteRef,
  UNDECLARED_PATH,
} from '../routes';
import { Fleet } from './Fleet';
import styles from './FleetViews.module.css';

const Calibration = lazy(() =>
  import('../calibration').then(m => ({ default: m.Calibration })),
);
const Cycles = lazy(() =>
  import('../cycles').then(m => ({ default: m.Cycles })),
);
const CyclePage = lazy(() =>
  import('../cycles').then(m => ({ default: m.CyclePage })),
);
const DivergentServices = lazy(() =>
  import('../discrepancies').then(m => ({ default: m.DivergentServices })),
);
const UndeclaredServices = lazy(() =>
  import('../discrepancies').then(m => ({ default: m.UndeclaredServices })),
);
const PossibleAliases = lazy(() =>
  import('../discrepancies').then(m => ({ default: m.PossibleAliases })),
);
const DanglingReferences = lazy(() =>
  import('../discrepancies').then(m => ({ default: m.DanglingReferences })),
);

const views = [
  { path: '', title: 'Services' },
  { path: CALIBRATION_PATH, title: 'Calibration' },
  { path: CYCLES_PATH, title: 'Cycles' },
  { path: DIVERGENCE_PATH, title: 'Divergence' },
  { path: UNDECLARED_PATH, title: 'Undeclared services' },
  { path: ALIASES_PATH, title: 'Possible aliases' },
  { path: DANGLING_PATH, title: 'Dangling references' },
];

/** The fleet, how past recommendations fared, and what is wrong with its dependencies: each view at a path of its own. */
export function FleetViews() {
  const base = useRouteRef(rootRouteRef)();
  return (
    <div className={styles.views}>
      <nav aria-label="Views of the fleet">
        <ul className={styles.links}>
          {views.map(({ path, title }) => (
            <li key={path}>
              <NavLink
                to={`${base}${path}`}
                end={path === ''}
                className={styles.link}
              >
                {title}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <Suspense fallback={<Waiting awaited="the view" />}>
        <Routes>
          <Route path="/" element={<Fleet />} />
          <Route path={CALIBRATION_PATH} element={<Calibration />} />
          <Route path={CYCLES_PATH} element={<Cycles />} />
          <Route path={`${CYCLES_PATH}/:id`} element={<CyclePage />} />
          <Route path={DIVERGENCE_PATH} element={<DivergentServices />} />
          <Route path={UNDECLARED_PATH} element={<UndeclaredServices />} />
          <Route path={ALIASES_PATH} element={<PossibleAliases />} />
          <Route path={DANGLING_PATH} element={<DanglingReferences />} />
        </Routes>
      </Suspense>
    </div>
  );
}

/** The fleet page below the header that the app gives to pages. */
export function FleetPage() {
  return (
    <main>
      <Container my="5">
        <FleetViews />
      </Container>
    </main>
  );
}
