import {
  DEPENDENCIES_TAB_PATH,
  ERROR_BUDGET_TAB_PATH,
  SLO_TAB_PATH,
} from './routes';

/** The tabs of an entity page, which both frontend systems of Backstage declare in their own ways. */
export const tabs = {
  slo: {
    path: SLO_TAB_PATH,
    title: 'SLO',
    load: () => import('./slo').then(m => m.SloTab),
  },
  errorBudget: {
    path: ERROR_BUDGET_TAB_PATH,
    title: 'Error budget',
    load: () => import('./budget').then(m => m.ErrorBudgetTab),
  },
  dependencies: {
    path: DEPENDENCIES_TAB_PATH,
    title: 'Dependencies',
    load: () => import('./dependencies').then(m => m.DependenciesTab),
  },
};

/** The card on the overview of an entity page. */
export const loadCard = () => import('./card').then(m => m.SloCard);
