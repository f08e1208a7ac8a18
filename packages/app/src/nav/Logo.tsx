import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: 10,
    height: 72,
    paddingLeft: (sidebarConfig.drawerWidthClosed - 32) / 2,
    color: 'var(--bui-white)',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
  },
  mark: {
    flex: 'none',
    width: 32,
    height: 32,
  },
  name: {
    fontSize: 14,
    fontWeight: 600,
  },
});

/** A curve that bends at the promise it can keep. */
export const Logo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <Link
      to="/"
      underline="none"
      className={classes.link}
      aria-label={isOpen ? undefined : 'SLO Recommender'}
    >
      <svg className={classes.mark} viewBox="0 0 32 32" aria-hidden="true">
        <path
          d="M3 9h11c6 0 7 15 15 15"
          fill="none"
          stroke="currentColor"
          strokeWidth="3"
          strokeLinecap="round"
        />
        <circle cx="16.5" cy="10" r="4.5" fill="#7fd1ae" />
      </svg>
      {isOpen && <span className={classes.name}>SLO Recommender</span>}
    </Link>
  );
};
