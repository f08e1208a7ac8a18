import { Alert } from '@backstage/ui';

/** What of the configuration could not be used. Its defaults stand in. */
export function ConfigurationIssues(props: { issues: string[] }) {
  return (
    <>
      {props.issues.map(issue => (
        <Alert
          key={issue}
          role="status"
          status="warning"
          icon
          title="The configuration cannot be used as it is; the default stands in"
          description={issue}
        />
      ))}
    </>
  );
}
