import { Container } from '@backstage/ui';
import { FleetViews } from './FleetViews';

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
