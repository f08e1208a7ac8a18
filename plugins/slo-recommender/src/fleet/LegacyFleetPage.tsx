import { Content, Header, Page } from '@backstage/core-components';
import { FleetViews } from './FleetViews';

/** The fleet page with the header of the old frontend system. */
export function LegacyFleetPage() {
  return (
    <Page themeId="tool">
      <Header title="SLOs" subtitle="What each service promises, and can" />
      <Content>
        <FleetViews />
      </Content>
    </Page>
  );
}
